package dev.actionlog.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A connection to a web server on this machine that is kept alive: as little work for the
 * client as can be, because it runs on the same processors.
 */
final class HttpConnection implements AutoCloseable {

	/** How long a response may take, in milliseconds; more is a failure. */
	private static final int TIMEOUT = 60_000;

	private final Socket socket;

	private final InputStream in;

	HttpConnection(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(TIMEOUT);
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	/**
	 * The bytes of a request.
	 * @param method its method
	 * @param path its path
	 * @param form the encoded form, empty for none
	 * @param headers further headers, each {@code name: value}
	 */
	static byte[] request(String method, String path, String form, String... headers) {
		List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: localhost",
				"Accept: text/html", "Accept-Language: en"));
		lines.addAll(List.of(headers));
		if (!form.isEmpty()) {
			lines.add("Content-Type: application/x-www-form-urlencoded");
			lines.add("Content-Length: " + form.length());
		}
		return (String.join("\r\n", lines) + "\r\n\r\n" + form).getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Sends a request, and reads the response.
	 */
	Response send(byte[] request) throws IOException {
		this.socket.getOutputStream().write(request);
		String statusLine = line();
		int status = Integer.parseInt(statusLine.substring(9, 12));
		List<String> headers = new ArrayList<>();
		int length = 0;
		boolean chunked = false;
		for (String header = line(); !header.isEmpty(); header = line()) {
			headers.add(header);
			if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
				length = Integer.parseInt(header.substring(15).strip());
			}
			else if (header.equalsIgnoreCase("Transfer-Encoding: chunked")) {
				chunked = true;
			}
		}
		return new Response(status, headers, chunked ? chunks() : bytes(length));
	}

	private List<byte[]> chunks() throws IOException {
		List<byte[]> chunks = new ArrayList<>();
		int length;
		do {
			length = Integer.parseInt(line(), 16);
			chunks.addAll(bytes(length));
			line();
		}
		while (length > 0);
		return chunks;
	}

	private List<byte[]> bytes(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException();
		}
		return List.of(bytes);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int ch = this.in.read(); ch != '\n'; ch = this.in.read()) {
			if (ch < 0) {
				throw new EOFException();
			}
			if (ch != '\r') {
				line.append((char) ch);
			}
		}
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * A response.
	 *
	 * @param status its status
	 * @param headers its headers, each {@code name: value}
	 * @param parts its body, in parts
	 */
	record Response(int status, List<String> headers, List<byte[]> parts) {

		/**
		 * The session's cookie, as the header with which a client sends it back.
		 */
		Optional<String> sessionCookie() {
			return this.headers.stream()
				.filter((header) -> header.startsWith("Set-Cookie: JSESSIONID="))
				.map((header) -> header.substring("Set-".length(), header.indexOf(';')))
				.findFirst();
		}

		String body() {
			StringBuilder body = new StringBuilder();
			this.parts.forEach((part) -> body.append(new String(part, StandardCharsets.UTF_8)));
			return body.toString();
		}

	}

}

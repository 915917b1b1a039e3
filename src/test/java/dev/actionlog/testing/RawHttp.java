package dev.actionlog.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Connection to the application that sends requests which no HTTP client would send. It
 * stays open between requests where the server keeps it open.
 */
public final class RawHttp implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 120_000;

	private final int port;

	private @Nullable Socket socket;

	private @Nullable InputStream input;

	/**
	 * Makes a connection, which is opened by the first request.
	 * @param port the port of a server on this machine
	 */
	public RawHttp(int port) {
		this.port = port;
	}

	/**
	 * Sends a text.
	 * @param request the request, one byte a character
	 * @return the answer, with the status 0 where the server closes the connection
	 * without one
	 * @throws IOException if there is no answer in time
	 */
	public Answer send(String request) throws IOException {
		return send(request.getBytes(StandardCharsets.ISO_8859_1), false);
	}

	/**
	 * Sends bytes.
	 * @param request the request
	 * @param last whether nothing follows, and the server is told so
	 * @return the answer, with the status 0 where the server closes the connection
	 * without one
	 * @throws IOException if there is no answer in time
	 */
	public Answer send(byte[] request, boolean last) throws IOException {
		if (this.socket == null) {
			this.socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
			this.socket.setSoTimeout(PATIENCE_MILLIS);
			this.input = new BufferedInputStream(this.socket.getInputStream());
		}
		Socket open = this.socket;
		boolean head = request.length > 4 && new String(request, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
		Answer answer;
		try {
			open.getOutputStream().write(request);
			if (last) {
				open.shutdownOutput();
			}
			answer = receive(head);
		}
		// the server has closed the connection
		catch (SocketException | EOFException ex) {
			answer = new Answer(0, HttpHeaders.of(Map.of(), (name, value) -> true), new byte[0]);
		}
		if (last || answer.status() == 0 || answer.header("Connection").equalsIgnoreCase("close")) {
			close();
		}
		return answer;
	}

	private Answer receive(boolean head) throws IOException {
		Map<String, List<String>> headers = new TreeMap<>();
		String start = line();
		if (start.isEmpty()) {
			return new Answer(0, HttpHeaders.of(headers, (name, value) -> true), new byte[0]);
		}
		int status = Integer.parseInt(start.substring(9, 12));
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(line.substring(colon + 1).strip());
		}
		if (status < 200) {
			return receive(head);
		}
		HttpHeaders all = HttpHeaders.of(headers, (name, value) -> true);
		return new Answer(status, all, (head || status == 204 || status == 304) ? new byte[0] : body(all));
	}

	private byte[] body(HttpHeaders headers) throws IOException {
		if (headers.firstValue("Content-Length").isPresent()) {
			return exactly((int) headers.firstValueAsLong("Content-Length").getAsLong());
		}
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		if (headers.firstValue("Transfer-Encoding").isPresent()) {
			for (int size = size(); size > 0; size = size()) {
				body.writeBytes(exactly(size));
				line();
			}
			line();
		}
		else {
			toTheEnd(body);
		}
		return body.toByteArray();
	}

	/**
	 * Takes what comes until the connection ends, in whatever way.
	 */
	private void toTheEnd(ByteArrayOutputStream body) throws IOException {
		try {
			input().transferTo(body);
		}
		catch (SocketException ex) {
			// as far as it came
		}
	}

	private int size() throws IOException {
		String line = line();
		if (line.isEmpty()) {
			throw new EOFException();
		}
		return Integer.parseInt(line, 16);
	}

	private byte[] exactly(int size) throws IOException {
		byte[] bytes = input().readNBytes(size);
		if (bytes.length < size) {
			throw new EOFException();
		}
		return bytes;
	}

	/**
	 * The next line without its end.
	 */
	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = input().read(); next != -1 && next != '\n'; next = input().read()) {
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

	private InputStream input() {
		if (this.input == null) {
			throw new IllegalStateException("Not connected");
		}
		return this.input;
	}

	@Override
	public void close() throws IOException {
		if (this.socket != null) {
			this.socket.close();
			this.socket = null;
		}
	}

}

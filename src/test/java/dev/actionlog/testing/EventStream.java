package dev.actionlog.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A stream of server-sent events, read by a thread of its own.
 */
public final class EventStream implements AutoCloseable {

	private final Socket socket;

	private final int status;

	private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private final List<String> events = new CopyOnWriteArrayList<>();

	private volatile boolean ended;

	/**
	 * Opens a stream and waits for its headers.
	 * @param port the port of a server on this machine
	 * @param path the path with its query
	 * @param header further lines of the request's head
	 * @throws IOException if there is no answer
	 */
	public EventStream(int port, String path, String... header) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(120_000);
		this.socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
					+ String.join("\r\n", header) + "\r\n\r\n")
				.getBytes(StandardCharsets.ISO_8859_1));
		BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8));
		this.status = Integer.parseInt(lines.readLine().substring(9, 12));
		for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
			this.headers.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip());
		}
		Thread reader = new Thread(() -> read(lines), "event-stream");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * The lines of the chunks' sizes are none of events.
	 */
	private void read(BufferedReader lines) {
		try {
			for (String line = lines.readLine(); line != null && !line.equals("0"); line = lines.readLine()) {
				if (line.startsWith("event: ")) {
					this.events.add(line.substring("event: ".length()));
				}
				else if (line.startsWith("data: ")) {
					this.events.add(line);
				}
			}
		}
		catch (IOException ex) {
			// it has ended
		}
		this.ended = true;
	}

	/**
	 * The status of the answer.
	 * @return the HTTP status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * A header of the answer.
	 * @param name its name
	 * @return its value, or an empty text
	 */
	public String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

	/**
	 * The names of the events so far, and data, where one has some.
	 * @return them, in their order
	 */
	public List<String> events() {
		return List.copyOf(this.events);
	}

	/**
	 * Whether the server has ended the stream.
	 * @return {@code true} after its end
	 */
	public boolean hasEnded() {
		return this.ended;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}

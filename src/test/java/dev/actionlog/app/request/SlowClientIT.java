package dev.actionlog.app.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for clients that send slowly, over real connections from different addresses.
 */
class SlowClientIT {

	private static final int BOUND = 40;

	private static final int MAX_WAITING = 100;

	private static final String FORM = "application/x-www-form-urlencoded";

	/** More than Tomcat has threads. */
	private static final int CONNECTIONS = 250;

	private static final int PATIENCE = 60_000;

	private final App app = App.on(Database.H2);

	private final List<Socket> sockets = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		// the requests have ended, and no counter is left behind
		Together.eventually(() -> get("127.0.0.1").startsWith("HTTP/1.1 200 "));
	}

	@ParameterizedTest
	@CsvSource({ "/login, application/x-www-form-urlencoded", "/profile/photo, multipart/form-data; boundary=x",
			"/sign-up, text/plain", "/nowhere, application/json", "/css/app.css, text/plain" })
	void oneClientDoesNotKeepOthersWaiting(String path, String contentType) throws Exception {
		for (int i = 0; i < CONNECTIONS; i++) {
			sendSlowly(path, contentType);
		}
		assertThat(get("127.0.0.2")).startsWith("HTTP/1.1 200 ").contains("<title>Sign in");
		List<Socket> refused = new ArrayList<>();
		Together.eventually(() -> {
			this.sockets.stream()
				.filter((socket) -> !refused.contains(socket) && isAnswered(socket))
				.forEach(refused::add);
			return refused.size() >= CONNECTIONS - BOUND;
		});
		assertThat(refused).allSatisfy((socket) -> assertThat(answer(socket)).startsWith("HTTP/1.1 429 ")
			.contains("\r\nRetry-After: 1\r\n", "\r\nContent-Security-Policy: ", "<title>Too many requests"));
	}

	/**
	 * Paths that Spring Security's firewall refuses, and others that Tomcat does, before
	 * anything is counted.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "//x", "/a;b", "/a%5cb", "/%00", "/%zz" })
	void whatIsRefusedForItsPathKeepsNobodyWaiting(String path) throws Exception {
		for (int i = 0; i < CONNECTIONS; i++) {
			sendSlowly(path, "text/plain");
		}
		assertThat(get("127.0.0.2")).startsWith("HTTP/1.1 200 ").contains("<title>Sign in");
		Together.eventually(() -> this.sockets.stream().allMatch(SlowClientIT::isAnswered));
		assertThat(this.sockets).allSatisfy((socket) -> assertThat(answer(socket)).startsWith("HTTP/1.1 400 ")
			.contains("\r\nContent-Security-Policy: "));
	}

	@ParameterizedTest
	@CsvSource({ "en, Too many requests", "pt-BR, Pedidos demais" })
	void whatIsBeyondTheBoundIsToldToTryAgain(String language, String title) throws Exception {
		Together.eventually(() -> {
			sendSlowly("/login", FORM);
			return get("127.0.0.1", "Accept-Language: " + language).contains("<title>" + title);
		});
		assertThat(get("127.0.0.2", "Accept-Language: " + language)).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void manyClientsDoNotKeepANewcomerWaiting() throws Exception {
		for (int i = 0; i < CONNECTIONS; i++) {
			send(connect("127.0.1." + (1 + i / BOUND)), head("/login", FORM, "Content-Length: 20000") + "1");
		}
		assertThat(get("127.0.0.2")).startsWith("HTTP/1.1 200 ").contains("<title>Sign in");
		assertThat(post("127.0.0.2", "username=ann")).startsWith("HTTP/1.1 403 ").contains("<title>The form expired");
		Together.eventually(
				() -> this.sockets.stream().filter(SlowClientIT::isAnswered).count() == CONNECTIONS - MAX_WAITING);
		assertThat(this.sockets.stream().filter(SlowClientIT::isAnswered))
			.allSatisfy((socket) -> assertThat(answer(socket)).startsWith("HTTP/1.1 408 ")
				.contains("<title>That took too long"));
	}

	/**
	 * Chunks, what follows their size, and what follows the last one, could go on for
	 * ever.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "", "1", "1;a=", "1\r\na\r\n0\r\nX: " })
	void aBodyWithoutALengthIsNotWaitedFor(String body) {
		Socket socket = connect("127.0.0.1");
		send(socket, head("/login", FORM, "Transfer-Encoding: chunked") + body);
		assertThat(answer(socket)).startsWith("HTTP/1.1 411 ").contains("<title>That request made no sense");
	}

	@Test
	void theRestOfALargeBodyIsNotReadForEver() throws Exception {
		Socket socket = connect("127.0.0.1");
		send(socket, head("/login", "text/plain", "Content-Length: 200000000"));
		byte[] megabyte = new byte[1024 * 1024];
		try {
			for (int i = 0; i < 105; i++) {
				socket.getOutputStream().write(megabyte);
			}
		}
		// closed, with what was sent last unread
		catch (SocketException ex) {
			return;
		}
		assertThat(answer(socket)).startsWith("HTTP/1.1 413 ");
	}

	@ParameterizedTest
	@CsvSource({ "/login, application/x-www-form-urlencoded, en, That took too long",
			"/profile/photo, multipart/form-data; boundary=x, pt-BR, Demorou demais" })
	void aBodyHasALimitedTime(String path, String contentType, String language, String title) throws Exception {
		Socket socket = connect("127.0.0.1");
		send(socket, head(path, contentType, "Content-Length: 20000", "Accept-Language: " + language));
		try {
			Together.eventually(() -> {
				this.app.clock().advance(Duration.ofSeconds(21));
				// the server looks at the clock before it waits for more
				send(socket, "1");
				return isAnswered(socket);
			});
		}
		finally {
			this.app.clock().reset();
		}
		assertThat(answer(socket)).startsWith("HTTP/1.1 408 ").contains("<title>" + title);
	}

	private void sendSlowly(String path, String contentType) {
		send(connect("127.0.0.1"), head(path, contentType, "Content-Length: 20000"));
	}

	private static String head(String path, String contentType, String... headers) {
		return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nContent-Type: " + contentType
				+ "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
	}

	private String get(String address, String... headers) {
		return exchange(address, "GET /login HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n"
				+ String.join("\r\n", headers) + ((headers.length > 0) ? "\r\n\r\n" : "\r\n"));
	}

	private String post(String address, String body) {
		return exchange(address, head("/login", FORM, "Connection: close", "Content-Length: " + body.length()) + body);
	}

	private String exchange(String address, String request) {
		Socket socket = connect(address);
		this.sockets.remove(socket);
		send(socket, request);
		return answer(socket);
	}

	private Socket connect(String address) {
		try {
			Socket socket = new Socket();
			this.sockets.add(socket);
			socket.bind(new InetSocketAddress(address, 0));
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.app.port()));
			socket.setSoTimeout(PATIENCE);
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void send(Socket socket, String text) {
		try {
			socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isAnswered(Socket socket) {
		try {
			return socket.getInputStream().available() > 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String answer(Socket socket) {
		try {
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

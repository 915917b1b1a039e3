package dev.actionlog.app.storm;

import java.io.IOException;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.RawHttp;

/**
 * A signed-in user who opens a connection for each request. The requests are such that
 * the end of an answer is the end of its connection, so that an answer of a node that
 * dies is taken as far as it came.
 */
final class Client {

	private static final String USER = "ann";

	private final String cookies;

	private final String token;

	private Client(Browser browser) {
		this.token = browser.token();
		this.cookies = browser.cookieHeader();
	}

	static Client signUp(int port) {
		return signedIn(new Browser(port), "/sign-up");
	}

	static Client signIn(int port) {
		return signedIn(new Browser(port), "/login");
	}

	private static Client signedIn(Browser browser, String form) {
		Answer answer = browser.post(form, "username", USER, "password", App.PASSWORD);
		if (answer.status() != 303 || answer.location().startsWith("/login")) {
			throw new IllegalStateException(answer.toString());
		}
		browser.get("/profile");
		return new Client(browser);
	}

	/**
	 * Opens the page with the messages and the list.
	 * @return the answer, with the status 0 where there is none
	 */
	Answer open(int port) throws IOException {
		return send(port, "GET /profile HTTP/1.0\r\n%s\r\n".formatted(head()));
	}

	/**
	 * Changes the name, which records an action and leaves a message.
	 * @return the answer, with the status 0 where there is none
	 */
	Answer rename(int port, String name) throws IOException {
		String form = "name=" + name + "&_csrf=" + this.token;
		return send(port, """
				POST /profile/name HTTP/1.0\r
				%sContent-Type: application/x-www-form-urlencoded\r
				Content-Length: %d\r
				\r
				%s""".formatted(head(), form.length(), form));
	}

	private String head() {
		return "Host: localhost\r\nAccept: text/html\r\nAccept-Language: en\r\nCookie: " + this.cookies + "\r\n";
	}

	private static Answer send(int port, String request) throws IOException {
		try (RawHttp connection = new RawHttp(port)) {
			return connection.send(request);
		}
	}

}

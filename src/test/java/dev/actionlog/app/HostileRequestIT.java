package dev.actionlog.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.RawHttp;
import dev.actionlog.testing.ServerLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests that nobody sends by accident: they are the client's errors, with a
 * page and without a line in the log.
 */
class HostileRequestIT {

	private final App app = App.on(Database.H2);

	private final Browser browser = this.app.signUp(App.newName());

	private final ServerLog log = new ServerLog();

	@AfterEach
	void stop() {
		this.log.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/profile/name", "/profile/password", "/profile/actions/keep", "/settings",
			"/settings/delete", "/sign-up" })
	void aFieldThatNoFormHasIsABadRequest(String path) {
		Browser sender = path.equals("/sign-up") ? this.app.browser() : this.browser;
		for (String field : List.of("name", "currentPassword", "keep", "language", "timeZone", "password", "unknown",
				"")) {
			for (String suffix : List.of("[0]", "[a]", "[]", "[", "]", ".", ".bytes[0]", "[0][0]", "[99999999999]")) {
				Answer answer = sender.post(path, field + suffix, "x", "username", "ann smith");
				assertThat(answer.status()).as(field + suffix).isEqualTo(400);
			}
		}
		assertNothingIsLogged();
	}

	@Test
	void aPasswordIsNeverLogged() {
		Answer answer = this.app.browser()
			.post("/sign-up", "username", App.newName(), "password", "correct horse\n2026-11-25 forged", "password[0]",
					"y");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.title()).isEqualTo("That request made no sense");
		assertThat(answer.text()).doesNotContain("horse");
		assertNothingIsLogged();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/login", "/logout", "/sign-up", "/profile", "/profile/photo", "/nowhere", "/error",
			"/css/app.css", "/favicon.ico" })
	void aFormThatCannotBeReadIsRefused(String path) throws IOException {
		String name = "--b\r\nContent-Disposition: form-data; name=\"username\"";
		for (String body : List.of("--b\r\n", "--b\r\n\r\n", name, name + "\r\n\r\nann",
				name + "; filename=\"a\0.jpg\"\r\n\r\nann\r\n--b--\r\n")) {
			assertRefused(path.equals("/profile/photo") ? 400 : 415, "POST", path, "multipart/form-data; boundary=b",
					body, body.length());
		}
		for (String type : List.of("multipart/mixed; boundary=b", "Multipart/Form-Data; Boundary=b", "MULTIPART/X")) {
			assertRefused(path.equals("/profile/photo") ? 400 : 415, "POST", path, type, "--b\r\nX: y", 8);
		}
		assertBadRequest("POST", path, "multipart/form-data", name + "\r\n\r\nann\r\n--b--\r\n", 100);
		for (String body : List.of("a=%ZZ", "%=1", "a=%", "%00%=")) {
			assertBadRequest("POST", path, "application/x-www-form-urlencoded", body, body.length());
		}
		assertNothingIsLogged();
	}

	@ParameterizedTest
	@ValueSource(strings = { "multipart/form-data; boundary=b", "application/x-www-form-urlencoded" })
	void aFormThatIsCutShortIsNoErrorOfTheServer(String type) throws IOException {
		for (String path : List.of("/login", "/profile/photo", "/css/app.css")) {
			// nobody is there to read an answer
			assertThat(
					send("POST", path, type, "--b\r\nContent-Disposition: form-data; name=\"photo\"", 100_000).status())
				.isIn(0, 400);
		}
		assertNothingIsLogged();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "DELETE" })
	void noFormIsReadThatIsNotPosted(String method) throws IOException {
		for (String path : List.of("/", "/profile/name", "/css/app.css")) {
			Answer answer = send(method, path, "application/x-www-form-urlencoded", "a=%ZZ", 5);
			assertThat(answer.status()).isIn(403, 405);
		}
		assertNothingIsLogged();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/?a=%ZZ", "/profile?a=%", "/login?error=%ZZ", "/css/app.css?%zz=1", "/nowhere?a=%f" })
	void aQueryThatCannotBeReadIsABadRequest(String path) throws IOException {
		assertBadRequest("GET", path, "text/plain", "", 0);
		assertNothingIsLogged();
	}

	@Test
	void aBrowserCanHaveManyLanguages() {
		String languages = IntStream.range(0, 1000).mapToObj((i) -> "x" + i + ", ").collect(Collectors.joining());
		Browser visitor = this.app.browser().with("Accept-Language", languages + "pt");
		assertThat(visitor.get("/login").title()).isEqualTo("Entrar");
		assertThat(visitor.get("/nowhere;").title()).isEqualTo("Não foi possível entender o pedido");
		assertNothingIsLogged();
	}

	@Test
	void theErrorPageOfAnUnreadableFormIsThatOfTheUser() throws IOException {
		this.browser.post("/settings", "language", "pt-BR", "timeZone", "UTC");
		Answer answer = send("POST", "/profile/photo", "multipart/form-data; boundary=b", "--b\r\n", 5);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.title()).isEqualTo("Não foi possível entender o pedido");
		assertThat(answer.text()).contains("action=\"/logout\"", " href=\"/profile\">");
		assertThat(answer.header("Content-Security-Policy")).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /%zz HTTP/1.1\r\nHost: a\r\n", "GET /%00 HTTP/1.1\r\nHost: a\r\n",
			"GET /\0 HTTP/1.1\r\nHost: a\r\n", "GET / / HTTP/1.1\r\nHost: a\r\n", "G@T / HTTP/1.1\r\nHost: a\r\n",
			"GET / HTTP/1.1\r\nHost: a b\r\n", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
			"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n", "GET /<b> HTTP/1.1\r\nHost: a\r\n",
			"GET / HTTP/1.1\r\nHost: a\r\nA b: c\r\n", "GET / HTTP/7\r\nHost: a\r\n" })
	void whatTheServerItselfRefusesHasAPlainPageWithSecurityHeaders(String request) throws IOException {
		try (RawHttp connection = new RawHttp(this.app.port())) {
			Answer answer = connection.send(request + "Accept-Language: pt-BR\r\n\r\n");
			assertThat(answer.status()).isIn(400, 505);
			assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
			for (String header : List.of("Referrer-Policy", "Permissions-Policy", "X-Content-Type-Options",
					"X-Frame-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy")) {
				assertThat(answer.header(header)).as(header).isNotEmpty();
			}
			assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
			assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
			assertThat(answer.title()).isIn("That request made no sense", "Não foi possível entender o pedido");
			assertThat(answer.text()).doesNotContain("Exception", "Tomcat", "\tat ", "<style");
		}
	}

	/**
	 * Paths that Tomcat refuses, and others that Spring Security's firewall does.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/%00", "/%2e%2e/x", "/a%5cb", "//x", "/a;b", "/login%0a", "/%2fx" })
	void whatIsRefusedBeforeItIsLookedAtHasTheSecurityHeadersToo(String path) throws IOException {
		try (RawHttp connection = new RawHttp(this.app.port())) {
			Answer answer = connection
				.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nX-Forwarded-Proto: https\r\n\r\n");
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.title()).isEqualTo("That request made no sense");
			assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=31536000 ; includeSubDomains");
			for (String header : List.of("Content-Security-Policy", "Referrer-Policy", "Permissions-Policy",
					"X-Content-Type-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy")) {
				assertThat(answer.header(header)).as(header).isNotEmpty();
			}
			assertThat(answer.header("Cache-Control")).contains("no-store");
		}
		assertNothingIsLogged();
	}

	/**
	 * The end of a body is where the chunks end, or else nowhere: a second request is not
	 * hidden in the first.
	 */
	@Test
	void aRequestWithTwoLengthsHidesNoOther() throws IOException {
		String hidden = "GET /css/app.css HTTP/1.1\r\nHost: a\r\n\r\n";
		String head = "POST /nowhere HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nContent-Type: text/plain\r\n";
		for (String lengths : List.of(
				"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".formatted(hidden.length() + 5),
				"Content-Length: 0\r\nContent-Length: %d\r\n\r\n".formatted(hidden.length()),
				"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
				"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n")) {
			try (RawHttp connection = new RawHttp(this.app.port())) {
				Answer first = connection.send(head + lengths + hidden);
				assertThat(first.status()).as(lengths).isIn(400, 411, 501);
				assertThat(first.header("Connection")).as(lengths).isEqualTo("close");
			}
		}
	}

	@Test
	void thePathOfTheErrorPagesIsNoPage() {
		for (Browser somebody : List.of(this.browser, this.app.browser())) {
			for (Answer answer : List.of(somebody.get("/error"), somebody.get("/error?error=x"),
					somebody.post("/error"), somebody.send("PUT", "/error"))) {
				assertThat(answer.status()).isEqualTo(404);
				assertThat(answer.title()).isEqualTo("Page not found");
			}
		}
		assertThat(this.app.browser().with("Accept", "application/json").get("/error").status()).isEqualTo(404);
		assertNothingIsLogged();
	}

	private void assertNothingIsLogged() {
		// but one line for a 405
		assertThat(this.log.entries())
			.allMatch((entry) -> entry.startsWith("Resolved [") && entry.contains("NotSupportedException"));
	}

	private void assertBadRequest(String method, String path, String type, String body, int length) throws IOException {
		assertRefused(400, method, path, type, body, length);
	}

	private void assertRefused(int status, String method, String path, String type, String body, int length)
			throws IOException {
		Answer answer = send(method, path, type, body, length);
		assertThat(answer.status()).as(method + " " + path + " " + body).isEqualTo(status);
		assertThat(answer.title()).isEqualTo("That request made no sense");
		assertThat(answer.header("Content-Security-Policy")).isNotEmpty();
		assertThat(answer.text()).doesNotContain("xception", "\tat ", "??");
	}

	/**
	 * Sends a request of the signed-in user, with a length that need not be the true one.
	 */
	private Answer send(String method, String path, String type, String body, int length) throws IOException {
		try (RawHttp connection = new RawHttp(this.app.port())) {
			String head = "%s %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: en\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
				.formatted(method, path, this.browser.cookieHeader(), type, length);
			return connection.send((head + body).getBytes(StandardCharsets.ISO_8859_1), true);
		}
	}

}

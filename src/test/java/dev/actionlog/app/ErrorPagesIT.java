package dev.actionlog.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the error pages: in the layout, in both languages, without a stack trace.
 */
class ErrorPagesIT {

	private final App app = App.on(Database.H2);

	private final String name = App.newName();

	private final Browser english = this.app.signUp(this.name);

	private final Browser portuguese = this.app.browser().with("Accept-Language", "pt-BR,pt;q=0.9");

	ErrorPagesIT() {
		this.portuguese.post("/sign-up", "username", App.newName(), "password", App.PASSWORD);
	}

	@Test
	void badRequest() {
		assertPage(this.english.get("/profile;a=b"), 400, "That request made no sense", "/");
		assertPage(this.portuguese.get("/profile;a=b"), 400, "Não foi possível entender o pedido", "/");
	}

	@Test
	void anErrorOfTheServerItselfHasNoDetails() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.app.port());
				InputStream answer = socket.getInputStream()) {
			socket.getOutputStream()
				.write("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 400 ")
				.doesNotContain("Exception", "Tomcat", "\tat ");
		}
	}

	@Test
	void forbidden() {
		assertPage(this.english.get("/actuator/env"), 403, "Not allowed", "/");
		assertPage(this.portuguese.get("/actuator/env"), 403, "Não permitido", "/");
	}

	@Test
	void expired() {
		assertPage(this.english.postWithoutToken("/settings"), 403, "The form expired", "/settings");
		assertPage(this.portuguese.postWithoutToken("/settings"), 403, "O formulário expirou", "/settings");
	}

	@Test
	void notFound() {
		assertPage(this.english.get("/nowhere"), 404, "Page not found", "/");
		assertPage(this.portuguese.get("/nowhere"), 404, "Página não encontrada", "/");
		assertPage(this.english.get("/profile/nothing"), 404, "Page not found", "/profile");
	}

	@Test
	void methodNotAllowed() {
		assertPage(this.english.send("DELETE", "/settings"), 405, "That does not work here", "/");
		assertPage(this.portuguese.send("DELETE", "/settings"), 405, "Isso não funciona aqui", "/");
	}

	@Test
	void conflict() throws SQLException {
		this.english.get("/profile");
		assertConflict("Somebody was faster");
		this.english.post("/settings", "language", "pt-BR", "timeZone", "UTC");
		assertConflict("Alguém foi mais rápido");
	}

	@Test
	void conflictKeepsWhatWasTyped() throws SQLException {
		Browser typist = this.english.with("Sec-Fetch-Site", "same-origin");
		typist.get("/profile/edit");
		try (Connection lock = this.app.lockProfile(this.name)) {
			Answer page = typist.post("/profile/name", "name", "Ann \"B\"");
			assertThat(page.status()).isEqualTo(409);
			assertThat(page.text()).contains("nothing was stored", "action=\"/profile/name\"",
					"name=\"name\" value=\"Ann &quot;B&quot;\"");
			assertThat(lock.isClosed()).isFalse();
		}
		assertThat(typist.post("/profile/name", "name", "Ann \"B\"").status()).isEqualTo(303);
	}

	private void assertConflict(String title) throws SQLException {
		try (Connection lock = this.app.lockProfile(this.name)) {
			assertPage(this.english.post("/profile/actions/clear"), 409, title, "/profile/actions");
			assertThat(lock.isClosed()).isFalse();
		}
	}

	@Test
	void tooLarge() {
		Map<String, byte[]> files = Map.of("photo", new byte[11_000_000]);
		assertPage(this.english.upload("/profile/photo", files), 413, "That was too large", "/profile");
		assertPage(this.portuguese.upload("/profile/photo", files), 413, "Grande demais", "/profile");
	}

	@ParameterizedTest
	@CsvSource({ "/profile/name, /profile", "/profile/password, /profile", "/settings, /settings", "/login, /login",
			"/sign-up, /sign-up", "/logout, /" })
	void aFormOfMoreThan64KilobytesIsTooLarge(String path, String back) {
		assertPage(this.english.post(path, "name", "x".repeat(66_000)), 413, "That was too large", back);
		assertPage(this.portuguese.post(path, "name", "x".repeat(66_000)), 413, "Grande demais", back);
		assertThat(this.english.post(path, "name", "x".repeat(64_000)).status()).isNotEqualTo(413);
	}

	@Test
	void aBodyHasToSayItsLength() {
		for (String type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
			for (String path : List.of("/login", "/profile/name", "/profile/photo", "/css/app.css")) {
				assertThat(chunked(path, type).status()).isEqualTo(411);
			}
			assertPage(chunked("/sign-up", type), 411, "That request made no sense", "/sign-up");
		}
	}

	@Test
	void aFormInPartsIsForThePhotoOnly() {
		assertPage(this.english.upload("/profile/name", Map.of("name", new byte[10])), 415,
				"That request made no sense", "/profile");
	}

	private Answer chunked(String path, String contentType) {
		return this.english.send("POST", path,
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100])), contentType);
	}

	@Test
	void internalServerError() {
		this.english.get("/profile");
		this.portuguese.get("/profile");
		this.app.jdbc().sql("alter table actionlog_action rename to hidden").update();
		try {
			assertPage(this.english.post("/profile/name", "name", "Ann"), 500, "Something went wrong", "/profile");
			assertPage(this.portuguese.get("/profile"), 500, "Algo deu errado", "/");
		}
		finally {
			this.app.jdbc().sql("alter table hidden rename to actionlog_action").update();
		}
	}

	@Test
	void signedOutUsersSeeThemToo() {
		Browser visitor = this.app.browser().with("Accept-Language", "pt-BR");
		Answer answer = visitor.get("/actuator;a=b");
		assertPage(answer, 400, "Não foi possível entender o pedido", "/");
		assertThat(answer.text()).contains("href=\"/login\"");
	}

	@Test
	void aRequestForJsonGetsJsonWithoutAStackTrace() {
		this.english.with("Accept", "application/json");
		Answer answer = this.english.get("/nowhere?trace=true&message=true");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.header("Content-Type")).isEqualTo("application/json");
		assertThat(answer.text()).doesNotContain("trace", "xception");
	}

	private static void assertPage(Answer answer, int status, String title, String back) {
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.title()).isEqualTo(title);
		assertThat(answer.text()).contains("<nav ", "/css/app-", "<title>" + title + " – actionlog</title>",
				" href=\"" + back + "\">");
		assertThat(answer.text()).doesNotContain("xception", "\tat ", "dev.actionlog", "??");
	}

}

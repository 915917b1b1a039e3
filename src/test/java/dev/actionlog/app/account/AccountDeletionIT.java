package dev.actionlog.app.account;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Pictures;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for deleting an account, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class AccountDeletionIT {

	private static final List<String> TABLES = List.of("users", "authorities", "account", "photo", "recovery_code",
			"actionlog_profile");

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	/** The statement with which an operation waits for the deletion, or misses it. */
	private static final Pattern WRITES = Pattern
		.compile("actionlog_profile|for (no key )?update|into (known_device|security_event)");

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	AccountDeletionIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
		this.browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10)));
	}

	@Test
	void leavesNothingOfTheAccount() {
		assertThat(TABLES).allSatisfy((table) -> assertThat(rows(table)).isOne());
		assertThat(rows("actionlog_action")).isEqualTo(2);
		Answer answer = delete(App.PASSWORD);
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/");
		assertThat(TABLES).allSatisfy((table) -> assertThat(rows(table)).isZero());
		assertThat(rows("actionlog_action")).isZero();
	}

	@Test
	void clearsWhatTheBrowserKeeps() {
		Browser secure = this.app.browser().with("X-Forwarded-Proto", "https");
		secure.post("/login", "username", this.name, "password", App.PASSWORD);
		Answer answer = secure.post("/settings/delete", "password", App.PASSWORD);
		assertThat(answer.header("Clear-Site-Data")).isEqualTo("\"cache\", \"storage\"");
		assertThat(secure.follow(answer).messages()).containsExactly("Your account has been deleted");
	}

	@Test
	void endsEverySession() {
		Browser other = this.app.signIn(this.name);
		delete(App.PASSWORD);
		assertThat(this.browser.get("/profile").location()).startsWith("/login");
		assertThat(other.get("/profile").location()).startsWith("/login");
		assertThat(this.app.browser().post("/login", "username", this.name, "password", App.PASSWORD).location())
			.isEqualTo("/login?error");
	}

	@Test
	void aSessionThatIsLeftOverCannotBringTheProfileBack() {
		Browser other = this.app.signIn(this.name);
		Browser third = this.app.signIn(this.name);
		other.get("/profile");
		third.get("/profile");
		delete(App.PASSWORD);
		assertThat(other.post("/logout").location()).isEqualTo("/");
		assertThat(third.post("/profile/actions/keep", "keep", "5").location()).startsWith("/login?expired");
		assertThat(rows("actionlog_profile")).isZero();
	}

	@Test
	void theNextOwnerOfTheNameHasANewProfile() {
		Browser other = this.app.signIn(this.name);
		delete(App.PASSWORD);
		Browser next = this.app.signUp(this.name);
		assertThat(next.get("/profile").actions()).containsExactly("Signed up");
		assertThat(next.get("/profile/photo/file").status()).isEqualTo(404);
		assertThat(other.get("/profile").location()).startsWith("/login");
	}

	@Test
	void asksForThePassword() {
		Answer answer = delete("not " + App.PASSWORD);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("This is not your password.");
		assertThat(this.browser.post("/settings/delete").errors()).containsExactly("Enter your password.");
		assertThat(TABLES).allSatisfy((table) -> assertThat(rows(table)).isOne());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/profile/actions/keep", "/profile/actions/clear", "/profile/name", "/settings/export",
			"/logout", "/login" })
	void whatIsUnderWayCannotBringTheProfileBack(String path) throws Exception {
		Browser other = path.equals("/login") ? this.app.browser() : this.app.signIn(this.name);
		// fetches the token
		other.get("/login");
		other.follow(other.get("/profile"));
		CompletableFuture<Answer> operation;
		try (Connection deletion = this.app.connect()) {
			for (String table : List.of("users", "actionlog_profile")) {
				try (PreparedStatement statement = deletion
					.prepareStatement("delete from " + table + " where username = ?")) {
					statement.setString(1, this.name);
					statement.executeUpdate();
				}
			}
			this.app.sql().clear();
			operation = CompletableFuture.supplyAsync(() -> other.post(path, "keep", "3", "name", "Ann", "username",
					this.name, "password", App.PASSWORD));
			Together
				.eventually(() -> this.app.sql().statements().stream().anyMatch((sql) -> WRITES.matcher(sql).find()));
			deletion.commit();
		}
		assertThat(operation.join().status()).isIn(303, 409);
		assertThat(rows("users")).isZero();
		assertThat(rows("actionlog_profile")).isZero();
	}

	@Test
	void aRequestThatBeganBeforeTheDeletionChangesNothingOfTheNextOwner() throws Exception {
		Browser other = this.app.signIn(this.name);
		Matcher token = TOKEN.matcher(other.get("/profile").text());
		assertThat(token.find()).isTrue();
		String body = "keep=3&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.app.port())) {
			this.app.sql().clear();
			send(socket, "POST /profile/actions/keep HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: "
					+ other.cookieHeader() + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
					+ body.length() + "\r\n\r\n");
			// the account is read, and the token is waited for
			Together
				.eventually(() -> this.app.sql().statements().stream().anyMatch((sql) -> sql.contains("from account")));
			delete(App.PASSWORD);
			Browser next = this.app.signUp(this.name);
			send(socket, body);
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 409 ");
			assertThat(next.get("/profile").text()).contains("The newest 10 actions are kept.");
		}
	}

	@Test
	void aNewAccountBeginsWithAnEmptyProfileWhateverWasThere() {
		String other = App.newName();
		this.app.jdbc().sql("insert into actionlog_profile (username, keep) values (?, 3)").param(other).update();
		assertThat(this.app.signUp(other).get("/profile").text()).contains("The newest 10 actions are kept.");
	}

	@Test
	void aDisabledAccountIsSignedOutAtTheNextRequest() {
		this.browser.get("/profile");
		this.app.jdbc().sql("update users set enabled = false where username = ?").param(this.name).update();
		assertThat(this.browser.get("/profile").location()).isEqualTo("/login?expired&continue=/profile");
		this.app.jdbc().sql("update users set enabled = true where username = ?").param(this.name).update();
		assertThat(this.browser.get("/profile").location()).startsWith("/login?");
	}

	private static void send(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.UTF_8));
		out.flush();
	}

	private Answer delete(String password) {
		return this.browser.post("/settings/delete", "password", password);
	}

	private long rows(String table) {
		return this.app.jdbc()
			.sql("select count(*) from " + table + " where username = ?")
			.param(this.name)
			.query(Long.class)
			.single();
	}

}

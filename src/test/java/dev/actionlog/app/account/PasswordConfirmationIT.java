package dev.actionlog.app.account;

import java.time.Duration;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the operations that ask for the password again, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class PasswordConfirmationIT {

	private static final String TITLE = "Confirm that it is you";

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	PasswordConfirmationIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@AfterEach
	void resetClock() {
		this.app.clock().reset();
	}

	@ParameterizedTest
	@CsvSource({ "/profile/actions/clear, /profile, /profile", "/settings/export, /settings/export, /settings" })
	void isAskedForAfterFifteenMinutes(String path, String next, String back) {
		this.app.clock().advance(Duration.ofMinutes(14));
		assertThat(this.browser.post(path).location()).isEqualTo(next);
		this.browser.post("/profile/name", "name", "Ann");
		this.app.clock().advance(Duration.ofMinutes(2));
		Answer question = this.browser.post(path);
		assertThat(question.status()).isEqualTo(200);
		assertThat(question.title()).isEqualTo(TITLE);
		assertThat(question.errors()).isEmpty();
		assertThat(question.text()).contains(" action=\"" + path + "\"", " href=\"" + back + "\"");
		assertThat(this.app.log(this.name)).contains("name.changed");
		Answer wrong = this.browser.post(path, "password", "wrong " + App.PASSWORD);
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.title()).isEqualTo(TITLE);
		assertThat(wrong.errors()).containsExactly("This is not your password.");
		assertThat(this.app.log(this.name)).contains("name.changed");
		Answer done = this.browser.post(path, "password", App.PASSWORD);
		assertThat(done.status()).isEqualTo(303);
		assertThat(done.location()).isEqualTo(next);
		assertThat(this.browser.post(path).location()).isEqualTo(next);
	}

	@Test
	void clearingIsDoneWithThePassword() {
		this.app.clock().advance(Duration.ofMinutes(16));
		this.browser.post("/profile/actions/clear", "password", App.PASSWORD);
		assertThat(this.app.log(this.name)).containsExactly("actions.cleared");
	}

	@Test
	void theDownloadIsAskedForToo() throws Exception {
		this.browser.post("/settings/export");
		Together.eventually(() -> this.browser.get("/settings/export/file").status() == 200);
		this.browser.get("/profile");
		this.app.clock().advance(Duration.ofMinutes(16));
		Answer answer = this.browser.get("/settings/export/file");
		assertThat(answer.status()).isEqualTo(303);
		Answer question = this.browser.follow(answer);
		assertThat(question.title()).isEqualTo(TITLE);
		assertThat(this.browser.post("/settings/export/confirm", "password", "wrong").status()).isEqualTo(400);
		assertThat(this.browser.get("/settings/export/file").status()).isEqualTo(303);
		Answer page = this.browser.follow(this.browser.post("/settings/export/confirm", "password", App.PASSWORD));
		assertThat(page.title()).isEqualTo("Download my data");
		assertThat(page.text()).contains(">Ready until ", " href=\"/settings/export/file\"");
		assertThat(this.browser.get("/settings/export/file").header("Content-Type")).isEqualTo("application/zip");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/profile/password" })
	void anyEntryOfThePasswordCounts(String path) {
		this.app.clock().advance(Duration.ofMinutes(16));
		if (path.equals("/login")) {
			this.browser.post("/logout");
		}
		this.browser.post(path, "username", this.name, "password", App.PASSWORD, "currentPassword", App.PASSWORD,
				"newPassword", "a new horse and battery");
		assertThat(this.browser.post("/profile/actions/clear").status()).isEqualTo(303);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/profile/actions/clear", "/settings/passkeys/password", "/settings/recovery-code" })
	void theSessionGetsAnotherId(String path) {
		String copied = this.browser.cookieHeader();
		this.app.clock().advance(Duration.ofMinutes(16));
		this.browser.post(path, "password", "wrong");
		assertThat(this.app.browser().get("/profile", "Cookie", copied).status()).isEqualTo(200);
		this.browser.post(path, "password", App.PASSWORD);
		assertThat(this.app.browser().get("/profile", "Cookie", copied).status()).isEqualTo(302);
		assertThat(this.browser.get("/profile").status()).isEqualTo(200);
	}

	@Test
	void thePasswordOfAnotherSessionDoesNotCount() {
		this.app.clock().advance(Duration.ofMinutes(16));
		this.app.signIn(this.name);
		assertThat(this.browser.post("/profile/actions/clear").title()).isEqualTo(TITLE);
	}

	@Test
	void isAskedInPortugueseToo() {
		this.browser.post("/settings", "language", "pt-BR", "timeZone", "UTC");
		this.app.clock().advance(Duration.ofMinutes(16));
		assertThat(this.browser.post("/profile/actions/clear").title()).isEqualTo("Confirme que é você");
	}

}

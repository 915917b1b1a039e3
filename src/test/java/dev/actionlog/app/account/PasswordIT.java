package dev.actionlog.app.account;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for changing the password, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class PasswordIT {

	private static final String NEW = "a new horse and battery";

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	PasswordIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void endsTheOtherSessionsAndKeepsThisOne() {
		Browser other = this.app.signIn(this.name);
		Answer answer = change(App.PASSWORD, NEW);
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/profile");
		assertThat(this.browser.get("/profile").actions()).containsExactly("Password changed", "Signed up");
		assertThat(other.get("/profile").location()).startsWith("/login?expired");
	}

	@Test
	void anEndedSessionSignsOutWithoutARecord() {
		Browser other = this.app.signIn(this.name);
		other.get("/profile");
		change(App.PASSWORD, NEW);
		assertThat(other.post("/logout").location()).isEqualTo("/");
		assertThat(this.app.log(this.name)).containsExactly("password.changed", "signed.up");
		assertThat(this.app.events(this.name)).containsExactly("PASSWORD_CHANGED", "SIGNED_IN", "SIGNED_IN");
	}

	@Test
	void onlyTheNewOneSignsInAfterwards() {
		change(App.PASSWORD, NEW);
		assertThat(this.app.browser().post("/login", "username", this.name, "password", App.PASSWORD).location())
			.isEqualTo("/login?error");
		assertThat(this.app.browser().post("/login", "username", this.name, "password", NEW).location())
			.isEqualTo("/profile");
	}

	@Test
	void asksForTheOldOne() {
		Answer answer = change("not " + App.PASSWORD, NEW);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("This is not your password.");
		assertThat(answer.text()).doesNotContain(NEW);
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void theNewOneFollowsTheRulesOfSigningUp() {
		assertThat(change(App.PASSWORD, "short").errors()).containsExactly("Use 8 to 64 characters.");
		assertThat(change(App.PASSWORD, "password1").errors())
			.containsExactly("This password is easy to guess. Choose another one, such as a few words.");
		assertThat(change(App.PASSWORD, this.name + "!!!!!!!!").errors())
			.containsExactly("A password must not be your user name or the name of this site.");
		assertThat(this.browser.post("/profile/password").errors()).containsExactly("Enter your password.",
				"Enter a password.");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void whatIsTooLongIsAFieldError() {
		Answer answer = change("x".repeat(20_000), "x".repeat(20_000));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("This is not your password.", "Use 8 to 64 characters.");
	}

	private Answer change(String current, String replacement) {
		return this.browser.post("/profile/password", "currentPassword", current, "newPassword", replacement);
	}

}

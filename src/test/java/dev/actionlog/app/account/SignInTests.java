package dev.actionlog.app.account;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for signing in and out, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class SignInTests {

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	SignInTests(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void findsTheNameInAnyCaseAndRecordsIt() {
		Answer answer = signIn(this.app.browser(), this.name.toUpperCase(Locale.ROOT), App.PASSWORD);
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/profile");
		assertThat(this.app.log(this.name)).containsExactly("signed.in", "signed.up");
	}

	@Test
	void aPasswordOfAnOlderEncodingIsEncodedAnew() {
		String old = password().replace("{pbkdf2-600k}", "{pbkdf2}");
		this.app.jdbc().sql("update users set password = ? where username = ?").param(old).param(this.name).update();
		assertThat(signIn(this.app.browser(), this.name, "wrong " + App.PASSWORD).location()).isEqualTo("/login?error");
		assertThat(password()).isEqualTo(old);
		assertThat(signIn(this.app.browser(), this.name, App.PASSWORD).location()).isEqualTo("/profile");
		String renewed = password();
		assertThat(renewed).startsWith("{pbkdf2-600k}");
		Browser other = this.app.browser();
		assertThat(signIn(other, this.name, App.PASSWORD).location()).isEqualTo("/profile");
		assertThat(other.get("/profile").status()).isEqualTo(200);
		assertThat(password()).isEqualTo(renewed);
	}

	@Test
	void aWrongPasswordIsAnErrorAndNotRecorded() {
		Browser visitor = this.app.browser();
		Answer answer = signIn(visitor, this.name, "wrong " + App.PASSWORD);
		assertThat(answer.location()).isEqualTo("/login?error");
		assertThat(visitor.get(answer.location()).errors()).containsExactly("The user name or the password is wrong.");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void theTypedNameIsShownAgain() {
		for (String typed : new String[] { this.name, "Ann Ünknown;=\"<b>" }) {
			String field = "value=\"" + HtmlUtils.htmlEscape(typed, "UTF-8") + "\"";
			Browser visitor = this.app.browser();
			assertThat(visitor.follow(signIn(visitor, typed, "wrong")).text()).contains(field);
			assertThat(visitor.get("/login").text()).doesNotContain(field);
			assertThat(visitor.cookies()).doesNotContain("JSESSIONID");
		}
		assertThat(this.app.browser().get("/login?error", "Cookie", "username=%zz").status()).isEqualTo(200);
	}

	@Test
	void anUnknownNameIsTheSameError() {
		Browser visitor = this.app.browser();
		Answer answer = signIn(visitor, App.newName(), App.PASSWORD);
		assertThat(answer.location()).isEqualTo("/login?error");
		assertThat(visitor.get(answer.location()).errors()).containsExactly("The user name or the password is wrong.");
	}

	@Test
	void namesThatCannotExistAreTheSameError() {
		assertThat(signIn(this.app.browser(), "a\0b", App.PASSWORD).location()).isEqualTo("/login?error");
		assertThat(signIn(this.app.browser(), "x".repeat(1000), App.PASSWORD).location()).isEqualTo("/login?error");
	}

	@Test
	void returnsToTheRequestedPage() {
		Browser visitor = this.app.browser();
		assertThat(visitor.get("/settings").location()).isEqualTo("/login");
		assertThat(signIn(visitor, this.name, App.PASSWORD).location()).startsWith("/settings");
	}

	@Test
	void doesNotReturnToThePhotoOrToJson() {
		Browser visitor = this.app.browser();
		visitor.with("Accept", "image/avif,image/webp,*/*").get("/profile/photo");
		visitor.with("Accept", "application/json").get("/profile/actions");
		assertThat(signIn(visitor.with("Accept", "text/html"), this.name, App.PASSWORD).location())
			.isEqualTo("/profile");
	}

	@Test
	void signingOutIsRecordedAndEndsTheSession() {
		Answer answer = this.browser.post("/logout");
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/");
		assertThat(this.app.log(this.name)).containsExactly("signed.out", "signed.up");
		assertThat(this.browser.get("/profile").location()).isEqualTo("/login");
	}

	@Test
	void signingOutOverHttpsClearsSiteDataButNotTheMessage() {
		this.browser.with("X-Forwarded-Proto", "https");
		Answer answer = this.browser.post("/logout");
		assertThat(answer.header("Clear-Site-Data")).isEqualTo("\"cache\", \"storage\"");
		assertThat(this.browser.follow(answer).messages()).containsExactly("Signed out");
	}

	@Test
	void signingOutTwiceIsRecordedOnce() {
		this.browser.post("/logout");
		assertThat(this.browser.post("/logout").location()).isEqualTo("/");
		assertThat(this.app.log(this.name)).containsExactly("signed.out", "signed.up");
	}

	@Test
	void nobodyIsSignedInWithoutARecordedAction() throws SQLException {
		Browser other = this.app.browser();
		try (Connection lock = this.app.lockProfile(this.name)) {
			Answer answer = signIn(other, this.name, App.PASSWORD);
			assertThat(lock.isClosed()).isFalse();
			assertThat(answer.status()).isEqualTo(409);
			assertThat(answer.title()).isEqualTo("Somebody was faster");
		}
		assertThat(other.get("/profile").location()).isEqualTo("/login");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
		assertThat(signIn(other, this.name, App.PASSWORD).status()).isEqualTo(303);
	}

	@Test
	void signingOutIsStoppedByNothing() throws SQLException {
		this.browser.get("/profile");
		try (Connection lock = this.app.lockProfile(this.name)) {
			Answer answer = this.browser.post("/logout");
			assertThat(lock.isClosed()).isFalse();
			assertThat(answer.status()).isEqualTo(303);
			assertThat(this.browser.follow(answer).messages()).containsExactly("Signed out");
		}
		assertThat(this.browser.get("/profile").location()).isEqualTo("/login");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void aDatabaseThatFailsIsNoWrongPassword() {
		Browser visitor = this.app.browser();
		this.app.jdbc().sql("alter table users rename to hidden").update();
		try {
			Answer answer = signIn(visitor, this.name, App.PASSWORD);
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.title()).isEqualTo("Something went wrong");
			assertThat(answer.text()).contains("Try again in a moment", " href=\"/login\">");
		}
		finally {
			this.app.jdbc().sql("alter table hidden rename to users").update();
		}
		assertThat(signIn(visitor, this.name, App.PASSWORD).location()).isEqualTo("/profile");
	}

	private String password() {
		return this.app.jdbc()
			.sql("select password from users where username = ?")
			.param(this.name)
			.query(String.class)
			.single();
	}

	private static Answer signIn(Browser browser, String name, String password) {
		return browser.post("/login", "username", name, "password", password);
	}

}

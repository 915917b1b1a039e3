package dev.actionlog.app.account;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the CSRF token, which is another one after a user has signed in.
 */
class CsrfTokenIT {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final App app = App.on(Database.H2);

	private final String name = App.newName();

	private final Browser browser = this.app.browser();

	@Test
	void has256RandomBits() {
		this.browser.get("/login");
		String first = this.browser.cookieHeader();
		assertThat(first).matches("XSRF-TOKEN=[A-Za-z0-9_-]{43}");
		Browser other = this.app.browser();
		other.get("/login");
		assertThat(other.cookieHeader()).isNotEqualTo(first);
	}

	@Test
	void signingUpRenewsIt() {
		String old = token(this.browser.get("/sign-up"));
		send(old, "/sign-up", "username", this.name, "password", App.PASSWORD);
		assertThatItIsRenewed(old);
	}

	@Test
	void signingInRenewsIt() {
		this.app.signUp(this.name);
		String old = token(this.browser.get("/login"));
		send(old, "/login", "username", this.name, "password", App.PASSWORD);
		assertThatItIsRenewed(old);
	}

	@Test
	void changingThePasswordRenewsIt() {
		this.browser.post("/sign-up", "username", this.name, "password", App.PASSWORD);
		String old = token(this.browser.get("/profile"));
		send(old, "/profile/password", "currentPassword", App.PASSWORD, "newPassword", "new " + App.PASSWORD);
		assertThatItIsRenewed(old);
	}

	@Test
	void otherFormsLeaveIt() {
		this.browser.post("/sign-up", "username", this.name, "password", App.PASSWORD);
		String old = token(this.browser.get("/profile"));
		send(old, "/profile/name", "name", "Ann");
		send(old, "/profile/name", "name", "Bea");
	}

	private void send(String token, String path, String... fields) {
		String[] all = Arrays.copyOf(fields, fields.length + 2);
		all[fields.length] = "_csrf";
		all[fields.length + 1] = token;
		assertThat(this.browser.postWithoutToken(path, all).status()).isEqualTo(303);
	}

	private void assertThatItIsRenewed(String old) {
		String renewed = token(this.browser.get("/profile"));
		assertThat(this.browser.postWithoutToken("/profile/name", "name", "Ann", "_csrf", old).status()).isEqualTo(403);
		assertThat(this.browser.postWithoutToken("/profile/name", "name", "Ann", "_csrf", renewed).status())
			.isEqualTo(303);
	}

	private static String token(Answer page) {
		Matcher field = TOKEN.matcher(page.text());
		assertThat(field.find()).isTrue();
		return field.group(1);
	}

}

package dev.actionlog.app.account;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for signing in and out, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class SignInIT {

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	SignInIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void findsTheNameInAnyCaseAndRecordsIt() {
		Answer answer = signIn(this.app.browser(), this.name.toUpperCase(Locale.ROOT), App.PASSWORD);
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/profile");
		assertThat(this.app.events(this.name)).containsExactly("SIGNED_IN", "SIGNED_IN");
	}

	@Test
	void isNoActionAndNoMessage() {
		this.browser.get("/profile");
		Browser other = this.app.signIn(this.name);
		Answer profile = other.get("/profile");
		assertThat(profile.messages()).isEmpty();
		assertThat(profile.actions()).containsExactly("Signed up");
		other.post("/logout");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void theProfileHasTheLastThree() {
		for (String system : new String[] { "X11; Linux x86_64", "Windows NT 10.0; Win64; x64", "X11; Linux x86_64" }) {
			signIn(this.app.browser()
				.with("User-Agent", "Mozilla/5.0 (" + system + "; rv:140.0) Gecko/20100101 Firefox/140.0"), this.name,
					App.PASSWORD);
		}
		String profile = this.browser.get("/profile").text();
		String list = profile.substring(profile.indexOf("Last sign-ins"));
		assertThat(list.substring(0, list.indexOf("</ul>")))
			.containsSubsequence("Firefox on Linux", "127.0.0.0/24", "Firefox on Windows", "Firefox on Linux")
			.doesNotContain("Unknown device");
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
	void aPasswordIsTakenAsItIsTyped() {
		String username = App.newName();
		String password = " Two horses,  one battery ";
		Browser visitor = this.app.browser();
		assertThat(visitor.post("/sign-up", "username", username, "password", password).status()).isEqualTo(303);
		for (String wrong : new String[] { password.strip(), password.toLowerCase(Locale.ROOT), password + " ",
				password.substring(0, 8) }) {
			assertThat(signIn(this.app.browser(), username, wrong).location()).isEqualTo("/login?error");
		}
		assertThat(signIn(this.app.browser(), username, password).location()).isEqualTo("/profile");
	}

	@Test
	void whatIsMissingIsNoWrongPassword() {
		for (String[] typed : new String[][] { { this.name, "" }, { "", App.PASSWORD }, { " ", "" } }) {
			Browser visitor = this.app.browser();
			Answer answer = signIn(visitor, typed[0], typed[1]);
			assertThat(answer.location()).isEqualTo("/login?error=missing");
			// a password that was typed is on no page, so it is missing again
			assertThat(visitor.get(answer.location()).errors())
				.containsExactly(typed[0].isBlank() ? new String[] { "Enter a user name.", "Enter your password." }
						: new String[] { "Enter your password." });
		}
		assertThat(this.app.browser().post("/login").location()).isEqualTo("/login?error=missing");
		assertThat(this.app.events(this.name)).containsExactly("SIGNED_IN");
	}

	@Test
	void thePageAfterARefusalSaysSoInItsTitle() {
		assertThat(this.app.browser().get("/login?error").text()).contains("<title>Error: Sign in – actionlog</title>");
		assertThat(this.app.browser().get("/login?error=%3Cb%3E").errors())
			.containsExactly("The user name or the password is wrong.");
		assertThat(this.app.browser().get("/login?expired").text()).contains("<title>Sign in – actionlog</title>");
	}

	@Test
	void theTypedNameIsShownAgain() {
		for (String typed : new String[] { this.name, "Ann Ünknown;=\"<b>" }) {
			String field = "value=\"" + HtmlUtils.htmlEscape(typed, "UTF-8") + "\"";
			Browser visitor = this.app.browser();
			assertThat(visitor.follow(signIn(visitor, typed, "wrong")).text()).contains(field);
			assertThat(visitor.get("/login").text()).doesNotContain(field);
			assertThat(visitor.cookies()).doesNotContain("SESSION");
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
		Answer page = visitor.follow(visitor.get("/settings?a=b%20c&d=e%2Bf"));
		String form = wanted(page);
		assertThat(form).isEqualTo("/settings?a=b%20c&d=e%2Bf");
		page = visitor.follow(visitor.post("/login", "username", this.name, "password", "wrong", "continue", form));
		assertThat(page.errors()).containsExactly("The user name or the password is wrong.");
		assertThat(wanted(page)).isEqualTo(form);
		Answer answer = visitor.post("/login", "username", this.name, "password", App.PASSWORD, "continue", form);
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.header("Location")).isEqualTo(form);
	}

	@Test
	void aQueryThatIsTooLongIsLeftOut() {
		Browser visitor = this.app.browser();
		assertThat(visitor.get("/profile?" + "x".repeat(6000)).location()).isEqualTo("/login?continue=/profile");
		assertThat(visitor.get("/profile/" + "x".repeat(6000)).location()).isEqualTo("/login");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org/", "//example.org", "/\\example.org", "\\\\example.org",
			"/\t/example.org", "/\r\nLocation: https://example.org", "javascript:alert(1)", "profile", "", " /profile",
			"/a b", "/ä", "@example.org", "/#//" })
	void doesNotGoToAnotherSite(String wanted) {
		Browser visitor = this.app.browser();
		assertThat(visitor.post("/login", "username", this.name, "password", "wrong", "continue", wanted).location())
			.isEqualTo("/login?error");
		String query = "continue=" + UriUtils.encode(wanted, StandardCharsets.UTF_8);
		assertThat(visitor.get("/login?" + query).text()).doesNotContain("name=\"continue\"");
		assertThat(
				visitor.post("/login", "username", this.name, "password", App.PASSWORD, "continue", wanted).location())
			.isEqualTo("/profile");
	}

	/**
	 * Also where somebody else made the browser's first request, with a header of a
	 * proxy.
	 */
	@Test
	void staysOnThisSiteWhateverAProxyIsSaidToSay() {
		Browser visitor = this.app.browser();
		Answer page = visitor.get("/settings", "X-Forwarded-Host", "example.org", "X-Forwarded-Proto", "https");
		String form = wanted(visitor.get("/login?" + URI.create(page.header("Location")).getRawQuery()));
		assertThat(form).isEqualTo("/settings");
		assertThat(visitor.post("/login", "username", this.name, "password", App.PASSWORD, "continue", form)
			.header("Location")).doesNotContain("example");
	}

	@Test
	void theEndOfASessionIsSaidOnTheSignInPage() {
		Browser other = this.app.signIn(this.name);
		this.browser.post("/profile/password", "currentPassword", App.PASSWORD, "newPassword", "new " + App.PASSWORD);
		Answer answer = other.get("/settings");
		assertThat(answer.location()).isEqualTo("/login?expired&continue=/settings");
		assertThat(other.get(answer.location()).text()).contains("Your session has ended.");
		assertThat(other.get("/login").text()).doesNotContain("Your session has ended.");
	}

	private static String wanted(Answer page) {
		Matcher field = Pattern.compile("name=\"continue\" value=\"([^\"]*)\"").matcher(page.text());
		return field.find() ? HtmlUtils.htmlUnescape(field.group(1)) : "";
	}

	@Test
	void doesNotReturnToThePhotoOrToJson() {
		Browser visitor = this.app.browser();
		assertThat(visitor.with("Accept", "image/avif,image/webp,*/*").get("/profile/photo/file").location())
			.isEqualTo("/login");
		assertThat(visitor.with("Accept", "application/json").get("/profile/actions").status()).isEqualTo(401);
		visitor.with("Accept", "text/html");
		assertThat(visitor.get("/profile/actions/download").location()).isEqualTo("/login");
		assertThat(visitor.get("/settings/export/file").location()).isEqualTo("/login");
		assertThat(visitor.get("/settings/export").location()).isEqualTo("/login?continue=/settings/export");
		assertThat(signIn(visitor, this.name, App.PASSWORD).location()).isEqualTo("/profile");
	}

	@Test
	void signingOutIsRecordedAndEndsTheSession() {
		Answer answer = this.browser.post("/logout");
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/");
		assertThat(this.app.events(this.name)).containsExactly("SIGNED_OUT", "SIGNED_IN");
		assertThat(this.browser.get("/profile").location()).startsWith("/login");
	}

	@Test
	void signingOutOverHttpsClearsSiteDataButNotTheMessage() {
		Browser secure = this.app.browser().with("X-Forwarded-Proto", "https");
		secure.post("/login", "username", this.name, "password", App.PASSWORD);
		Answer answer = secure.post("/logout");
		assertThat(answer.header("Clear-Site-Data")).isEqualTo("\"cache\", \"storage\"");
		assertThat(secure.follow(answer).messages()).containsExactly("Signed out");
	}

	@Test
	void signingOutTwiceIsRecordedOnce() {
		this.browser.post("/logout");
		assertThat(this.browser.post("/logout").location()).isEqualTo("/");
		assertThat(this.app.events(this.name)).containsExactly("SIGNED_OUT", "SIGNED_IN");
	}

	@Test
	void nobodyIsSignedInWithoutARecordedEvent() {
		Browser other = this.app.browser();
		this.app.jdbc().sql("alter table security_event rename to hidden").update();
		try {
			Answer answer = signIn(other, this.name, App.PASSWORD);
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.title()).isEqualTo("Try again in a moment");
		}
		finally {
			this.app.jdbc().sql("alter table hidden rename to security_event").update();
		}
		assertThat(other.get("/profile").location()).startsWith("/login");
		assertThat(this.app.events(this.name)).containsExactly("SIGNED_IN");
		assertThat(signIn(other, this.name, App.PASSWORD).status()).isEqualTo(303);
	}

	@Test
	void signingOutIsStoppedByNothing() throws SQLException {
		this.browser.get("/profile");
		try (Connection lock = this.app.connect();
				PreparedStatement statement = lock
					.prepareStatement("select username from account where username = ? for update")) {
			statement.setString(1, this.name);
			statement.executeQuery();
			Answer answer = this.browser.post("/logout");
			assertThat(lock.isClosed()).isFalse();
			assertThat(answer.status()).isEqualTo(303);
			assertThat(this.browser.follow(answer).messages()).containsExactly("Signed out");
		}
		assertThat(this.browser.get("/profile").location()).isEqualTo("/login?continue=/profile");
		assertThat(this.app.events(this.name)).containsExactly("SIGNED_IN");
	}

	@Test
	void aDatabaseThatFailsIsNoWrongPassword() {
		Browser visitor = this.app.browser();
		this.app.jdbc().sql("alter table users rename to hidden").update();
		try {
			Answer answer = signIn(visitor, this.name, App.PASSWORD);
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.title()).isEqualTo("Try again in a moment");
			assertThat(answer.text()).contains(" href=\"/login\">");
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

package dev.actionlog.app.request;

import java.util.regex.Pattern;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page of a form that has expired, which keeps what was typed.
 */
class ExpiredFormIT {

	private static final String KEPT = "What was typed is still here; nothing was stored.";

	private static final Pattern FORM = Pattern.compile("<form action=\"([^\"]*)\" method=\"post\" novalidate>");

	private final App app = App.on(Database.H2);

	private final String name = App.newName();

	private final Browser browser = this.app.signUp(this.name).with("Sec-Fetch-Site", "same-origin");

	@Test
	void whatWasTypedIsThereAndCanBeSentAgain() {
		Answer page = this.browser.postWithoutToken("/profile/name", "name", "Ann \"<b>{0}", "_csrf", "old");
		assertThat(page.status()).isEqualTo(403);
		assertThat(page.title()).isEqualTo("The form expired");
		assertThat(page.text())
			.contains(KEPT, "action=\"/profile/name\"", ">Display name</label>",
					"name=\"name\" value=\"Ann &quot;&lt;b&gt;{0}\"")
			.doesNotContain("value=\"old\"", "??");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
		// the page has a new token
		assertThat(this.browser.post("/profile/name", "name", "Ann").status()).isEqualTo(303);
	}

	@Test
	void whatIsNotVisibleGoesAlong() {
		Answer page = this.browser.postWithoutToken("/settings", "language", "pt-BR", "timeZone", "Asia/Tokyo");
		assertThat(page.text()).contains("<input type=\"hidden\" name=\"language\" value=\"pt-BR\">",
				"name=\"timeZone\" value=\"Asia/Tokyo\"");
	}

	@Test
	void aLongTextHasItsLines() {
		Browser admin = this.app.admin().with("Sec-Fetch-Site", "same-origin");
		Answer page = admin.postWithoutToken("/admin/messages/preview", "words", "one\ntwo </textarea>", "link", "/x",
				"level", "info");
		assertThat(page.text()).contains("name=\"words\">one\ntwo &lt;/textarea&gt;</textarea>",
				"name=\"link\" value=\"/x\"", "name=\"level\" value=\"info\"");
	}

	@ParameterizedTest
	@CsvSource({ "/login, password, PASSWORD", "/sign-up, username, password", "/recover, code, newPassword" })
	void passwordsAndCodesHaveToBeTypedAgain(String path, String one, String other) {
		Browser sender = this.app.browser().with("Sec-Fetch-Site", "same-origin");
		String secret = "the secret that was typed";
		Answer page = one.equals("username") ? sender.postWithoutToken(path, one, "ann", other, secret)
				: sender.postWithoutToken(path, one, secret, other, secret);
		assertThat(page.status()).isEqualTo(403);
		assertThat(page.text()).contains(KEPT, "type=\"password\"").doesNotContain(secret);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site", "none", "", "NO HEADER" })
	void whatNoPageOfThisSiteHasSentIsNotShown(String site) {
		Browser sender = this.app.signUp(App.newName());
		if (!site.equals("NO HEADER")) {
			sender.with("Sec-Fetch-Site", site);
		}
		assertNothingIsKept(sender.postWithoutToken("/profile/name", "name", "Mallory"));
	}

	/**
	 * The answer of a device is for one question, and cannot be typed.
	 */
	@Test
	void aPasskeyIsNotKept() {
		assertNothingIsKept(this.browser.postWithoutToken("/settings/passkeys", "name", "Mallory", "credential", "{}"));
		assertNothingIsKept(this.browser.postWithoutToken("/login/webauthn", "challenge", "Mallory", "credential", ""));
	}

	/**
	 * What had been confirmed is asked again, and what was to be published is previewed
	 * again.
	 */
	@Test
	void nothingIsSentPastAQuestion() {
		assertThat(this.browser.postWithoutToken("/profile/actions/keep", "keep", "1", "confirmed", "true").text())
			.contains("name=\"keep\" value=\"1\"")
			.doesNotContain("confirmed");
		Browser admin = this.app.admin().with("Sec-Fetch-Site", "same-origin");
		assertThat(admin.postWithoutToken("/admin/messages", "words", "Hello", "id", "7").text())
			.contains("action=\"/admin/messages/preview\"", ">Hello</textarea>", "name=\"id\" value=\"7\"");
	}

	/**
	 * Whose session has ended is shown it after signing in, also after a wrong password,
	 * and once.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatWasSentWithoutSessionIsShownAfterSigningIn(boolean token) {
		Browser visitor = this.app.browser().with("Sec-Fetch-Site", "same-origin");
		String text = "Ann & \"Åse\"; 50 %, {0}+日本";
		Answer answer = token ? visitor.post("/profile/name", "name", text)
				: visitor.postWithoutToken("/profile/name", "name", text);
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.location()).isEqualTo("/login?continue=/sent-form");
		assertThat(answer.headers().allValues("Set-Cookie")).noneMatch((cookie) -> cookie.startsWith("SESSION="))
			.anyMatch((cookie) -> cookie.startsWith("sent-form=") && cookie.contains("HttpOnly"));
		visitor.post("/login", "username", this.name, "password", "wrong", "continue", "/sent-form");
		assertThat(visitor.get("/sent-form").location()).startsWith("/login");
		answer = visitor.post("/login", "username", this.name, "password", App.PASSWORD, "continue", "/sent-form");
		Answer page = visitor.follow(answer);
		assertThat(page.title()).isEqualTo("A form was not sent yet");
		assertThat(page.text()).contains(KEPT, "action=\"/profile/name\"",
				"name=\"name\" value=\"" + text.replace("&", "&amp;").replace("\"", "&quot;") + "\"");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
		assertThat(visitor.get("/sent-form").title()).isEqualTo(page.title());
		assertThat(visitor.post("/profile/name", "name", "Ann").status()).isEqualTo(303);
		visitor.post("/logout");
		assertThat(visitor.cookies()).doesNotContain("sent-form");
	}

	@Test
	void isKeptForNoClientOtherThanBrowsers() {
		Browser client = this.app.browser().with("Sec-Fetch-Site", "same-origin").with("Accept", "application/json");
		assertThat(client.postWithoutToken("/profile/name", "name", "Ann").status()).isEqualTo(403);
		assertThat(client.cookies()).doesNotContain("sent-form");
	}

	@Test
	void aFormTooLongForACookieIsNotKept() {
		Browser visitor = this.app.browser().with("Sec-Fetch-Site", "same-origin");
		assertThat(visitor.post("/profile/name", "name", "日".repeat(1000)).location()).isEqualTo("/login");
		assertThat(visitor.postWithoutToken("/profile/name", "name", "x".repeat(4000)).status()).isEqualTo(403);
		assertThat(visitor.cookies()).doesNotContain("sent-form");
	}

	@Test
	void anAdministratorsDraftIsShownAfterSigningIn() {
		Browser visitor = this.app.browser().with("Sec-Fetch-Site", "same-origin");
		Answer answer = visitor.post("/admin/messages/preview", "words", "one\ntwo", "level", "error", "portuguese",
				"um", "link", "/x", "recipients", "ann");
		assertThat(answer.location()).isEqualTo("/login?continue=/sent-form");
		answer = visitor.post("/login", "username", this.app.newAdmin(), "password", App.PASSWORD, "continue",
				"/sent-form");
		assertThat(visitor.follow(answer).text()).contains(KEPT, "action=\"/admin/messages/preview\"",
				">one\ntwo</textarea>", "name=\"level\" value=\"error\"");
		assertThat(visitor.get("/sent-form").text()).containsSubsequence("name=\"words\"", "name=\"portuguese\"",
				"name=\"link\"", "name=\"recipients\"");
	}

	@Test
	void nobodyElseIsToldOfTheAdminArea() {
		assertThat(
				this.browser.with("Cookie", "sent-form=/admin/messages/preview?words=x").get("/sent-form").location())
			.isEqualTo("/profile");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?", "/profile/name?name=%", "/profile/name?name=%zz", "/profile/photo?photo=x",
			"/login?username=x", "http://example.org/profile/name?name=x", "//[", "%" })
	void aCookieOfAnotherKindShowsNothingOfIt(String cookie) {
		Answer page = this.browser.with("Cookie", "sent-form=" + cookie).get("/sent-form");
		assertThat(page.status()).isIn(200, 303);
		assertThat(page.text()).doesNotContain("example.org", "photo=");
	}

	@Test
	void aFormWithoutFieldsToTypeInIsNotKept() {
		assertNothingIsKept(this.browser.postWithoutToken("/profile/password", "currentPassword", "Mallory"));
		assertNothingIsKept(this.browser.postWithoutToken("/settings/delete", "password", "Mallory"));
		assertNothingIsKept(this.browser.postWithoutToken("/logout"));
		assertNothingIsKept(this.browser.postWithoutToken("/settings/security/answer", "event", "1", "own", "1"));
	}

	@Test
	void isInPortugueseToo() {
		Answer page = this.app.browser()
			.with("Sec-Fetch-Site", "same-origin")
			.with("Accept-Language", "pt-BR")
			.postWithoutToken("/sign-up", "username", "ann", "password", "x");
		assertThat(page.title()).isEqualTo("O formulário expirou");
		assertThat(page.text()).contains("name=\"username\" value=\"ann\"").doesNotContain("??", KEPT);
	}

	private static void assertNothingIsKept(Answer page) {
		assertThat(page.status()).isEqualTo(403);
		assertThat(page.title()).isEqualTo("The form expired");
		assertThat(page.text()).doesNotContain(KEPT, "Mallory", "??");
		assertThat(FORM.matcher(page.text()).find()).isFalse();
	}

}

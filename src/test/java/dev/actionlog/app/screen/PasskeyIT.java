package dev.actionlog.app.screen;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.actionlog.testing.App;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for passkeys with the virtual authenticator of the browser, on the default
 * settings.
 */
@NullUnmarked
class PasskeyIT extends BrowserIT {

	@ParameterizedTest
	@ValueSource(strings = { "en", "pt-BR" })
	void aPasskeyIsAddedSignsInAndIsRemoved(String tag) {
		Locale language = Locale.forLanguageTag(tag);
		Page page = open(new Browser.NewContextOptions().setLocale(tag).setViewportSize(320, 640));
		device(page, true);
		signUp(page);
		page.navigate("/settings");
		page.click("text='" + say(language, "passkeys.title") + "'");
		enterPassword(page, language);
		add(page, language, "My laptop");
		page.waitForSelector(".rows li");
		assertThat(messages(page)).anyMatch((message) -> message.contains("My laptop"));
		assertThat(page.locator(".rows strong").innerText()).isEqualTo("My laptop");
		assertThat(new AxeBuilder(page).analyze().getViolations())
			.extracting(Rule::getId, (rule) -> rule.getNodes().toString())
			.isEmpty();
		assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);

		page.click("text='" + say(language, "nav.sign-out") + "'");
		// the page that is wanted
		page.navigate("/profile/actions");
		page.click("text='" + say(language, "login.passkey") + "'");
		page.waitForURL((url) -> url.contains("/profile/actions"));
		assertThat(actions(page)).anyMatch((action) -> action.contains("My laptop"));

		enterPassword(page, language);
		page.click("text='" + say(language, "passkeys.remove") + "'");
		page.waitForSelector("text='" + say(language, "passkeys.none") + "'");
		page.click("text='" + say(language, "nav.sign-out") + "'");
		page.navigate("/login");
		page.click("text='" + say(language, "login.passkey") + "'");
		page.waitForSelector("text='" + say(language, "login.failed.passkey") + "'");
	}

	@Test
	void whatTheDeviceRefusesIsToldAndChangesNothing() {
		Page page = open();
		device(page, false);
		String name = signUp(page);
		enterPassword(page, Locale.ENGLISH);
		add(page, Locale.ENGLISH, "My laptop");
		page.waitForSelector("#passkey-error");
		assertThat(page.locator("#passkey-error").innerText()).isEqualTo(say(Locale.ENGLISH, "passkeys.failed"));
		assertThat(new AxeBuilder(page).analyze().getViolations())
			.extracting(Rule::getId, (rule) -> rule.getNodes().toString())
			.isEmpty();
		page.navigate("/profile");
		assertThat(actions(page)).as(name).containsExactly("Signed up");
	}

	@Test
	void theFormOfASessionThatHasEndedLeadsToTheSignInPage() {
		Page page = open();
		device(page, true);
		signUp(page);
		enterPassword(page, Locale.ENGLISH);
		page.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName(Pattern.compile(".*SESSION.*")));
		add(page, Locale.ENGLISH, "My laptop");
		page.waitForURL("**/login*");
	}

	@Test
	void withoutAScriptTheWayIsExplained() {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(false));
		signUp(page);
		enterPassword(page, Locale.ENGLISH);
		assertThat(page.locator("#passkey-add").isVisible()).isFalse();
		assertThat(page.locator("text='" + say(Locale.ENGLISH, "passkeys.unsupported") + "' >> visible=true").count())
			.isOne();
		page.click("text='Sign out'");
		page.navigate("/login");
		assertThat(page.locator("#passkey-sign-in").isVisible()).isFalse();
	}

	@Test
	void aBrowserWithoutPasskeysIsToldSo() {
		Page page = open();
		page.addInitScript("delete window.PublicKeyCredential");
		signUp(page);
		enterPassword(page, Locale.ENGLISH);
		assertThat(page.locator("#passkey-add").isVisible()).isFalse();
		assertThat(page.locator("#passkey-unsupported").isVisible()).isTrue();
		page.click("text='Sign out'");
		page.navigate("/login");
		assertThat(page.locator("#passkey-sign-in").isVisible()).isFalse();
	}

	static void enterPassword(Page page, Locale language) {
		page.navigate("/settings/passkeys");
		if (page.locator("#password").count() > 0) {
			page.fill("#password", App.PASSWORD);
			page.click("text='" + say(language, "passkeys.go-on") + "'");
			page.waitForSelector("#add-title");
		}
	}

	static void add(Page page, Locale language, String name) {
		page.fill("#name", name);
		page.click("text='" + say(language, "passkeys.add.send") + "'");
	}

	/**
	 * Gives the browser a device that makes passkeys.
	 */
	private static void device(Page page, boolean verified) {
		CDPSession browser = page.context().newCDPSession(page);
		browser.send("WebAuthn.enable");
		JsonObject device = new JsonObject();
		device.addProperty("protocol", "ctap2");
		device.addProperty("transport", "internal");
		for (String ability : List.of("hasResidentKey", "hasUserVerification", "automaticPresenceSimulation")) {
			device.addProperty(ability, true);
		}
		device.addProperty("isUserVerified", verified);
		JsonObject options = new JsonObject();
		options.add("options", device);
		browser.send("WebAuthn.addVirtualAuthenticator", options);
	}

}

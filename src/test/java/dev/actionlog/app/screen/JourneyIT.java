package dev.actionlog.app.screen;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Extent;
import dev.actionlog.testing.Pictures;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the main journeys of a user, in both languages, with and without scripts: in
 * English with and in Portuguese without, or, where everything is tested, in all four
 * ways.
 */
@ParameterizedClass
@CsvSource({ "en, true", "en, false", "pt-BR, true", "pt-BR, false" })
@NullUnmarked
class JourneyIT extends BrowserIT {

	private static final int MEGABYTE = 1024 * 1024;

	private final Locale language;

	private final boolean scripts;

	JourneyIT(Locale language, boolean scripts) {
		Extent.assumeAllOr(scripts == language.equals(Locale.ENGLISH));
		this.language = language;
		this.scripts = scripts;
	}

	@Test
	void signsUpAtTheSecondTry() {
		Page page = openPage();
		page.navigate("/");
		page.click("main a:text('" + say("nav.sign-up") + "')");
		String name = App.newName();
		page.click("main form button:not([type])");
		assertThat(words(page.locator(".errors"))).isEqualTo(say("errors.title") + " " + say("field.username") + ": "
				+ say("username.missing") + " " + say("field.password") + ": " + say("password.new.missing"));
		assertThat(page.title()).startsWith(say("errors.prefix"));
		assertThat(page.evaluate("document.activeElement.className")).isEqualTo("errors");
		page.click(".errors a[href='#username']");
		awaitFocus(page, "username");
		page.fill("#username", name);
		page.fill("#password", "password");
		page.click("main form button:not([type])");
		page.waitForCondition(() -> page.locator(".errors").count() == 0);
		assertThat(words(page.locator("#password-error"))).isEqualTo(say("password.common"));
		assertThat(page.inputValue("#username")).isEqualTo(name);
		awaitFocus(page, "password");
		page.fill("#password", App.PASSWORD);
		page.click("main form button:not([type])");
		assertThat(page.title()).isEqualTo(say("recovery.title") + " – actionlog");
		page.click("text='" + say("recovery.kept") + "'");
		assertThat(page.title()).isEqualTo(say("profile.title") + " – actionlog");
		assertThat(words(page.locator("#flash-messages"))).contains(say("welcome", name));
		assertThat(actions(page)).containsExactly(say("signed.up"));
		assertThat(page.locator("html").getAttribute("lang")).isEqualTo(this.language.toLanguageTag());
	}

	@Test
	void getsInAgainWithTheRecoveryCode() {
		Page page = openPage();
		page.navigate("/sign-up");
		String name = App.newName();
		page.fill("#username", name);
		page.fill("#password", App.PASSWORD);
		page.click("main form button:not([type])");
		String code = words(page.locator("code"));
		page.click("text='" + say("recovery.kept") + "'");
		page.click("text='" + say("nav.sign-out") + "'");
		page.click("nav >> text='" + say("nav.sign-in") + "'");
		page.click("text='" + say("login.forgotten") + "'");
		page.fill("#username", name);
		page.fill("#code", "wrong");
		page.fill("#newPassword", "another good password");
		page.click("main form button:not([type])");
		assertThat(words(page.locator("#code-error"))).isEqualTo(say("recovery.wrong"));
		assertThat(page.inputValue("#username")).isEqualTo(name);
		page.fill("#code", code.toLowerCase(Locale.ROOT).replace("-", " "));
		page.fill("#newPassword", "another good password");
		page.click("main form button:not([type])");
		assertThat(words(page.locator("code"))).hasSameSizeAs(code).isNotEqualTo(code);
		page.click("text='" + say("recovery.kept") + "'");
		assertThat(words(page.locator("#flash-messages"))).contains(say("password.recovered"));
		assertThat(actions(page)).containsExactly(say("password.recovered"), say("signed.up"));
	}

	@Test
	void changesNameAndPhoto() {
		Page page = openPage();
		signUp(page);
		rename(page, "Ann of Lisbon");
		page.click("text='" + say("edit.title") + "'");
		page.setInputFiles("#photo", new FilePayload("a.txt", "text/plain", "text".getBytes(StandardCharsets.UTF_8)));
		page.click("text='" + say("photo.add") + "'");
		page.waitForSelector("#photo-error");
		assertThat(words(page.locator("#photo-error"))).isEqualTo(say("photo.format"));
		page.setInputFiles("#photo", new FilePayload("a.jpg", "image/jpeg", new byte[5 * MEGABYTE + 1]));
		page.click("text='" + say("photo.add") + "'");
		assertThat(words(page.locator("#photo-error"))).isEqualTo(say("photo.bytes"));
		page.setInputFiles("#photo", new FilePayload("a.jpg", "image/jpeg", Pictures.jpeg(200, 100)));
		page.click("text='" + say("photo.add") + "'");
		page.getByAltText(say("photo.alt")).waitFor();
		assertThat(page.getByAltText(say("photo.alt"))
			.evaluate("(image) => image.decode().then(() => image.naturalWidth)")).isEqualTo(200);
		assertThat(words(page.locator("#flash-messages"))).contains(say("photo.changed"));
		page.click("text='" + say("edit.title") + "'");
		page.click("text='" + say("photo.remove") + "'");
		page.waitForURL("**/profile");
		assertThat(page.locator("img").count()).isZero();
		assertThat(actions(page)).containsExactly(say("photo.removed"), say("photo.changed"),
				say("name.changed", "Ann of Lisbon"), say("signed.up"));
	}

	@Test
	void looksThroughTheListKeepsLessOfItAndClearsIt() {
		Page page = openPage();
		signUp(page);
		rename(page, "Ann");
		page.click("text='" + say("actions.unknown") + "'");
		assertThat(page.url()).endsWith("/profile/edit#password");
		page.fill("#currentPassword", "wrong");
		page.fill("#newPassword", "another good password");
		page.click("text='" + say("password.send") + "'");
		assertThat(words(page.locator("#currentPassword-error"))).isEqualTo(say("password.wrong"));
		page.fill("#currentPassword", App.PASSWORD);
		page.fill("#newPassword", "another good password");
		page.click("text='" + say("password.send") + "'");
		assertThat(actions(page)).containsExactly(say("password.changed"), say("name.changed", "Ann"),
				say("signed.up"));
		Download download = page.waitForDownload(() -> page.click("text='" + say("actions.download") + "'"));
		assertThat(download.suggestedFilename()).isEqualTo("recent-actions.json");
		assertThat(download.path()).content().contains("\"code\":\"password.changed\"", say("password.changed"));
		page.click("text='" + say("keep.title") + "'");
		page.fill("#keep", "1");
		page.click("text='" + say("keep.send") + "'");
		assertThat(words(page.locator("#keep-text"))).isEqualTo(say("keep.confirm.text", 2, 1));
		page.click("main form button");
		assertThat(actions(page)).containsExactly(say("password.changed"));
		assertThat(page.locator("text='" + say("actions.clear.send") + "'").isVisible()).isFalse();
		page.click("text='" + say("actions.clear") + "'");
		page.click("text='" + say("actions.clear.send") + "'");
		assertThat(actions(page)).containsExactly(say("actions.cleared"));
		assertThat(words(page.locator("#flash-messages"))).contains(say("actions.cleared"));
	}

	@Test
	void changesLanguageAndZone() {
		Page page = openPage();
		signUp(page);
		page.click("nav >> text='" + say("nav.settings") + "'");
		page.fill("#timeZone", "Mars/Base");
		page.click("text='" + say("settings.send") + "'");
		assertThat(words(page.locator("#timeZone-error"))).isEqualTo(say("settings.zone.unknown"));
		assertThat(page.inputValue("#timeZone")).isEqualTo("Mars/Base");
		Locale other = this.language.equals(Locale.ENGLISH) ? Locale.forLanguageTag("pt-BR") : Locale.ENGLISH;
		page.selectOption("#language", other.toLanguageTag());
		page.fill("#timeZone", "Asia/Tokyo");
		page.click("text='" + say("settings.send") + "'");
		page.waitForCondition(() -> page.title().startsWith(say(other, "settings.title")));
		page.click("nav >> text='" + say(other, "nav.profile") + "'");
		// also what was done in the other language
		assertThat(actions(page)).hasSize(3).endsWith(say(other, "signed.up"));
		assertThat(words(page.locator("[data-code='language.changed']"))).contains("English", "Português (Brasil)");
		assertThat(words(page.locator("[data-code='time-zone.changed']"))).contains("Asia/Tokyo");
		assertThat(words(page.locator("#action-history"))).contains("Asia/Tokyo");
	}

	@Test
	void signsOutAndInAndLeaves() {
		Page page = openPage();
		String name = signUp(page);
		page.click("text='" + say("nav.sign-out") + "'");
		assertThat(words(page.locator("#flash-messages"))).contains(say("signed.out"));
		page.click("nav >> text='" + say("nav.sign-in") + "'");
		page.fill("#username", name);
		page.fill("#password", "wrong");
		page.click("main form button:not([type])");
		assertThat(words(page.locator(".errors"))).isEqualTo(say("login.failed.wrong"));
		assertThat(page.inputValue("#username")).isEqualTo(name);
		page.fill("#password", App.PASSWORD);
		page.click("main form button:not([type])");
		assertThat(actions(page)).containsExactly(say("signed.up"));
		assertThat(page.locator(".rows li").count()).isEqualTo(2);
		page.click("nav >> text='" + say("nav.settings") + "'");
		page.click("text='" + say("delete.open") + "'");
		page.fill("#password", "wrong");
		page.click("button:text('" + say("delete.send") + "')");
		assertThat(words(page.locator("#password-error"))).isEqualTo(say("password.wrong"));
		page.fill("#password", App.PASSWORD);
		page.click("button:text('" + say("delete.send") + "')");
		assertThat(words(page.locator("#flash-messages"))).contains(say("account.deleted"));
	}

	private Page openPage() {
		return open(new Browser.NewContextOptions().setLocale(this.language.toLanguageTag())
			.setJavaScriptEnabled(this.scripts));
	}

	private String say(String code, Object... args) {
		return say(this.language, code, args);
	}

}

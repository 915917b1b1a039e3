package dev.actionlog.app.screen;

import java.util.Locale;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import dev.actionlog.testing.App;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the use of the pages with the keyboard alone.
 */
@NullUnmarked
class KeyboardIT extends BrowserIT {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isEnough(boolean scripts) {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(scripts));
		page.navigate("/");
		goTo(page, "nav a[href='/sign-up']");
		go(page, "Enter");
		goTo(page, "#username");
		page.keyboard().type(App.newName());
		goTo(page, "#password");
		page.keyboard().type(App.PASSWORD);
		go(page, "Enter");
		assertThat(page.url()).endsWith("/recovery-code");
		goTo(page, "main a.button");
		go(page, "Enter");
		assertThat(page.url()).endsWith("/profile");

		goTo(page, scripts ? "[data-level] button" : ".dismiss a");
		press(page, "Enter");
		assertThat(page.locator("[data-level]:visible").count()).isZero();

		goTo(page, "main a.button");
		go(page, "Enter");
		goTo(page, "#name");
		press(page, "Control+a");
		page.keyboard().type("Ann of Lisbon");
		go(page, "Enter");
		assertThat(actions(page)).startsWith("Name changed to Ann of Lisbon");

		goTo(page, "summary:has-text('" + say(Locale.ENGLISH, "actions.clear") + "')");
		press(page, "Space");
		goTo(page, "button.danger");
		go(page, "Space");
		assertThat(actions(page)).containsExactly("You cleared the list");

		goTo(page, "nav button");
		go(page, "Enter");
		assertThat(messages(page)).containsExactly("Done: Signed out");
	}

	@Test
	void skipsTheNavigation() {
		Page page = open();
		signUp(page);
		press(page, "Tab");
		assertThat(page.locator(".skip:focus").isVisible()).isTrue();
		press(page, "Enter");
		awaitFocus(page, "content");
	}

	@ParameterizedTest
	@EnumSource
	void showsTheFocus(ForcedColors colours) {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setForcedColors(colours));
		signUp(page);
		for (int i = 0; i < 25; i++) {
			press(page, "Tab");
			Object visible = page.evaluate(
					"""
							() => {
								const element = document.activeElement;
								const style = getComputedStyle(element);
								return element === document.body || style.outlineStyle === 'solid' && style.outlineWidth === '2px';
							}
							""");
			assertThat(visible).as((String) page.evaluate("document.activeElement.outerHTML")).isEqualTo(true);
		}
	}

	private static void press(Page page, String key) {
		page.keyboard().press(key);
	}

	/**
	 * Presses a key that leads to another page.
	 */
	private static void go(Page page, String key) {
		page.evaluate("document.body.dataset.left = true");
		press(page, key);
		page.waitForCondition(() -> page.locator("body:not([data-left])").count() == 1);
		page.waitForLoadState();
	}

	/**
	 * Presses the tabulator until the element has the focus.
	 */
	private static void goTo(Page page, String selector) {
		for (int i = 0; i < 40; i++) {
			press(page, "Tab");
			if (page.locator(selector)
				.first()
				.evaluate("(element) => element === document.activeElement")
				.equals(true)) {
				return;
			}
		}
		throw new AssertionError(selector + " cannot be reached");
	}

}

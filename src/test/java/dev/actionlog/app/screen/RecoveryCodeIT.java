package dev.actionlog.app.screen;

import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.actionlog.testing.App;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page of the recovery code.
 */
@NullUnmarked
class RecoveryCodeIT extends BrowserIT {

	@Test
	void buttonCopiesTheCodeAsItIsEnteredAndSaysSo() {
		Page page = open(new Browser.NewContextOptions().setLocale("en")
			.setPermissions(List.of("clipboard-read", "clipboard-write")));
		show(page);
		page.click("text='Copy the code'");
		page.waitForCondition(() -> page.textContent("[role=status]").equals("Copied"));
		assertThat(page.evaluate("navigator.clipboard.readText()")).asString()
			.isEqualTo(page.textContent("#code"))
			.matches("[0-9A-Z]{4}(-[0-9A-Z]{4}){6}");
	}

	@Test
	void linesOfTheCodeEndBetweenGroupsAndInItsBox() {
		Page page = open(new Browser.NewContextOptions().setViewportSize(320, 800));
		show(page);
		double end = box(page.locator("#code"), "right");
		List<Locator> groups = page.locator("#code > span").all();
		assertThat(groups).hasSize(7).allSatisfy((group) -> assertThat(box(group, "right")).isLessThan(end));
		assertThat(groups).extracting((group) -> box(group, "height")).containsOnly(box(groups.get(0), "height"));
		assertThat(groups.stream().map((group) -> box(group, "top")).distinct()).hasSizeGreaterThan(1);
	}

	@Test
	void withoutScriptsThereIsNoButton() {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(false));
		show(page);
		assertThat(page.isVisible("#code")).isTrue();
		assertThat(page.isVisible("text='Copy the code'")).isFalse();
	}

	private static double box(Locator element, String side) {
		return ((Number) element.evaluate("(element, side) => element.getBoundingClientRect()[side]", side))
			.doubleValue();
	}

	private static void show(Page page) {
		page.navigate("/sign-up");
		page.fill("#username", App.newName());
		page.fill("#password", App.PASSWORD);
		page.click("main form button:not([type])");
		page.waitForURL("**/recovery-code");
	}

}

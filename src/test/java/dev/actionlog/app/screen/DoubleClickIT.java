package dev.actionlog.app.screen;

import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import dev.actionlog.testing.App;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for buttons that are pressed twice.
 */
@NullUnmarked
class DoubleClickIT extends BrowserIT {

	@Test
	void isOneOperation() {
		Page page = open();
		String name = App.newName();
		page.navigate("/sign-up");
		page.fill("#username", name);
		page.fill("#password", App.PASSWORD);
		clickTwice(page, "main form button:not([type])");
		page.click("main a.button");
		assertThat(messages(page)).containsExactly("Done: Your account has been created, " + name);

		page.navigate("/profile/edit");
		page.fill("#name", "Ann");
		clickTwice(page, "text='Change name'");
		assertThat(messages(page)).containsExactly("Done: Name changed to Ann");
		assertThat(actions(page)).containsExactly("Name changed to Ann", "Signed up");

		page.navigate("/profile/edit");
		page.fill("#currentPassword", App.PASSWORD);
		page.fill("#newPassword", "another good password");
		clickTwice(page, "text='Change password'");
		assertThat(messages(page)).containsExactly("Done: Password changed");

		clickTwice(page, "text='Sign out'");
		assertThat(messages(page)).containsExactly("Done: Signed out");
	}

	/**
	 * Presses while the answer to the first press has yet to come.
	 */
	private static void clickTwice(Page page, String button) {
		AtomicInteger sent = new AtomicInteger();
		page.route("**", (route) -> {
			if (route.request().method().equals("POST") && !route.request().url().endsWith("/shown")) {
				sent.incrementAndGet();
				page.waitForTimeout(500);
			}
			route.resume();
		});
		page.evaluate("document.body.dataset.left = true");
		page.locator(button).scrollIntoViewIfNeeded();
		BoundingBox box = page.locator(button).boundingBox();
		double x = box.x + box.width / 2;
		double y = box.y + box.height / 2;
		page.mouse().click(x, y);
		page.mouse().click(x, y);
		page.waitForCondition(() -> page.locator("body:not([data-left])").count() == 1);
		page.waitForLoadState();
		page.unrouteAll();
		assertThat(sent).hasValue(1);
	}

}

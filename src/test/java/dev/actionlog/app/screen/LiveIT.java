package dev.actionlog.app.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.text.Text;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for live delivery in a browser.
 */
@NullUnmarked
class LiveIT extends BrowserIT {

	@Test
	void messageOfAJobComesWithoutAReload() {
		Page page = open();
		String name = withStream(page, () -> signUp(page));
		page.evaluate("window.same = true");
		page.focus("#name");
		send(name, "Your photos are sorted");
		awaitMessages(page, "Done: Welcome, " + name, "Done: Your photos are sorted");
		assertThat(page.evaluate("window.same")).isEqualTo(true);
		assertThat(page.evaluate("document.activeElement.id")).isEqualTo("name");
		page.waitForCondition(() -> bean(FlashSender.class).peek(name).isEmpty());
		page.reload();
		assertThat(messages(page)).isEmpty();
	}

	private static void send(String username, String words) {
		bean(FlashSender.class).send(username, FlashLevel.SUCCESS, Text.of(words));
	}

	private static void awaitMessages(Page page, String... messages) {
		page.waitForCondition(() -> messages(page).equals(List.of(messages)));
	}

	/**
	 * Does what opens a page, and waits until that has its stream.
	 */
	private static <T> T withStream(Page page, Supplier<T> work) {
		AtomicReference<T> result = new AtomicReference<>();
		page.waitForResponse(
				(response) -> response.url().contains("/actionlog/live?") && response.status() == 200
						&& response.frame().url().equals(page.url()) && page.url().endsWith("/profile"),
				() -> result.set(work.get()));
		return result.get();
	}

}

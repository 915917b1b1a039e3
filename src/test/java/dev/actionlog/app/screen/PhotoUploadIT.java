package dev.actionlog.app.screen;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.actionlog.testing.Pictures;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the upload of a photo by the script: preview, size and progress.
 */
@NullUnmarked
class PhotoUploadIT extends BrowserIT {

	@Test
	void isPreviewedBeforeItIsSent() {
		Page page = open();
		signUp(page);
		page.navigate("/profile/edit");
		Locator preview = page.locator("#photo-preview");
		assertThat(preview.isVisible()).isFalse();
		page.setInputFiles("#photo", new FilePayload("a.jpg", "image/jpeg", Pictures.jpeg(200, 100)));
		preview.waitFor();
		assertThat(preview.locator("img").getAttribute("src")).startsWith("blob:");
		page.setInputFiles("#photo", new FilePayload("a.txt", "text/plain", "text".getBytes(StandardCharsets.UTF_8)));
		preview.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
	}

	@Test
	void aFileThatIsTooLargeIsRejectedAtOnce() {
		Page page = open();
		signUp(page);
		page.navigate("/profile/edit");
		page.setInputFiles("#photo", new FilePayload("a.jpg", "image/jpeg", new byte[5 * 1024 * 1024 + 1]));
		assertThat(words(page.locator("#photo-error")))
			.isEqualTo("This file is larger than 5 MB. Choose a smaller one.");
		assertThat(page.getAttribute("#photo", "aria-invalid")).isEqualTo("true");
		assertThat(page.getAttribute("#photo", "aria-describedby")).isEqualTo("photo-help photo-error");
		page.click("text='Add photo'");
		awaitFocus(page, "photo");
		page.setInputFiles("#photo", new FilePayload("a.jpg", "image/jpeg", Pictures.jpeg(200, 100)));
		assertThat(page.locator("#photo-error").count()).isZero();
		assertThat(page.getAttribute("#photo", "aria-describedby")).isEqualTo("photo-help");
		page.click("text='Add photo'");
		page.waitForSelector("img[alt='Your photo']");
	}

	@Test
	void aStoppedUploadIsNotSentAgain() {
		Page page = open();
		signUp(page);
		page.navigate("/profile/edit");
		chooseOnASlowLine(page);
		page.click("text='Add photo'");
		Locator progress = page.locator("#photo-progress progress");
		page.waitForCondition(() -> isUnderWay(progress));
		page.evaluate("stop()");
		progress.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
		page.waitForTimeout(500);
		assertThat(progress.isVisible()).isFalse();
		page.navigate("/profile");
		assertThat(actions(page)).containsExactly("Signed up");
	}

	@Test
	void showsTheProgressOnASlowLine() {
		Page page = open();
		signUp(page);
		page.navigate("/profile/edit");
		chooseOnASlowLine(page);
		Locator progress = page.locator("#photo-progress progress");
		assertThat(progress.isVisible()).isFalse();
		page.click("text='Add photo'");
		page.waitForCondition(() -> isUnderWay(progress));
		page.waitForSelector("img[alt='Your photo']");
		assertThat(messages(page)).containsExactly("Done: Photo changed");
		assertThat(progress.isVisible()).isFalse();
	}

	private static void chooseOnASlowLine(Page page) {
		byte[] photo = Pictures.jpeg(200, 100);
		page.setInputFiles("#photo", new FilePayload("a.jpg", "image/jpeg", Arrays.copyOf(photo, 600_000)));
		JsonObject line = new JsonObject();
		line.addProperty("offline", false);
		line.addProperty("latency", 0);
		line.addProperty("downloadThroughput", -1);
		line.addProperty("uploadThroughput", 100_000);
		CDPSession network = page.context().newCDPSession(page);
		network.send("Network.enable");
		network.send("Network.emulateNetworkConditions", line);
	}

	private static boolean isUnderWay(Locator progress) {
		return progress.evaluate("({ position }) => position > 0 && position < 1").equals(true);
	}

	@Test
	void anExpiredFormLeadsToItsErrorPage() {
		Page page = open();
		signUp(page);
		page.navigate("/profile/edit");
		page.setInputFiles("#photo", new FilePayload("a.jpg", "image/jpeg", Pictures.jpeg(200, 100)));
		page.evaluate("document.querySelector('#photo-form [name=_csrf]').value = 'stale'");
		page.click("text='Add photo'");
		page.waitForCondition(() -> page.title().startsWith("The form expired"));
	}

}

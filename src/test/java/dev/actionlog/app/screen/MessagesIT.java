package dev.actionlog.app.screen;

import java.io.IOException;
import java.nio.file.Files;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.actionlog.flash.FlashDraft;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.App;
import dev.actionlog.text.Text;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the messages at the top of a page.
 */
@NullUnmarked
class MessagesIT extends BrowserIT {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void areShownOnce(boolean scripts) {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(scripts));
		signUp(page);
		assertThat(messages(page)).singleElement().asString().startsWith("Done: Your account has been created, ");
		page.reload();
		assertThat(messages(page)).isEmpty();

		rename(page, "Ann of Lisbon");
		assertThat(page.url()).endsWith("/profile");
		assertThat(messages(page)).containsExactly("Done: Name changed to Ann of Lisbon");
		page.click("nav >> text=Settings");
		page.goBack();
		assertThat(messages(page)).isEmpty();
		page.goForward();
		page.reload();
		assertThat(messages(page)).isEmpty();
	}

	@Test
	void areGoneFromAPageInTheBackForwardCache() {
		Page page = open();
		signUp(page);
		assertThat(messages(page)).hasSize(1);
		page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
		assertThat(messages(page)).isEmpty();
	}

	@Test
	void areNotLostToAPageThatFails() {
		Page page = open();
		signUp(page);
		page.navigate("/profile/edit");
		page.fill("#name", "Ann of Lisbon");
		// the operation alone, so that the page that fails is the next
		page.evaluate("""
				() => fetch('/profile/name', { method: 'POST', redirect: 'manual',
					body: new URLSearchParams(new FormData(document.querySelector('#name').form)) })
				""");
		Response failed = page.navigate("/failing");
		assertThat(failed.status()).isEqualTo(500);
		assertThat(page.title()).startsWith("Something went wrong");
		assertThat(messages(page)).containsExactly("Done: Name changed to Ann of Lisbon");
		page.navigate("/profile");
		assertThat(messages(page)).isEmpty();
	}

	@Test
	void tellWhenTheDownloadIsReady() throws IOException {
		Page page = open();
		signUp(page);
		page.navigate("/settings/export");
		page.click("button:text('Prepare the download')");
		// without a reload
		page.waitForCondition(() -> messages(page).contains("Done: Your data is ready to be downloaded"));
		Locator file = page.locator("#export a.button");
		file.waitFor();
		assertThat(words(page.locator("#export h2"))).startsWith("Ready until ");
		assertThat(Files.readAllBytes(page.waitForDownload(file::click).path())).startsWith('P', 'K');
		page.reload();
		assertThat(messages(page)).isEmpty();
		assertThat(file.isVisible()).isTrue();
	}

	@Test
	void manyOfThemAreAFewAndTheOthersAreOneClickAway() {
		for (boolean scripts : new boolean[] { true, false }) {
			Page page = open(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(scripts));
			String name = signUp(page);
			leave(page);
			for (int i = 1; i <= 10; i++) {
				bean(FlashSender.class).send(name, FlashLevel.INFO, Text.of("Message " + i));
			}
			page.navigate("/profile");
			assertThat(page.locator("[data-level]:visible > [dir]").allInnerTexts()).containsExactly("Message 8",
					"Message 9", "Message 10");
			page.click("text='7 earlier messages'");
			assertThat(page.locator("[data-level]:visible").count()).isEqualTo(10);
			page.click("text='Dismiss all'");
			assertThat(page.locator("[data-level]:visible").count()).isZero();
			assertThat(page.locator("#flash-messages summary:visible").count()).isZero();
		}
	}

	@Test
	void haveAnIconAndAWordForTheirLevel() {
		Page page = open();
		sendAll(page, signUp(page));
		page.navigate("/profile");
		page.click("#flash-messages summary");
		assertThat(messages(page)).containsExactly("Debug: Cache is warm", "Note: Maintenance", "Done: Photo stored",
				"Warning: Almost full", "Error: Payment failed");
		assertThat(page.locator("[data-level] > svg[aria-hidden=true]").all())
			.extracting((icon) -> icon.locator("path").getAttribute("d"))
			.hasSize(5)
			.doesNotHaveDuplicates();
		assertThat(page.locator("[data-level] > strong").all())
			.extracting((level) -> level.evaluate("(element) => getComputedStyle(element).color"))
			.doesNotHaveDuplicates();
		page.click("#flash-messages >> text=Photo stored");
		assertThat(page.url()).endsWith("/profile/actions");
	}

	@Test
	void areDismissedOneByOne() {
		Page page = open();
		sendAll(page, signUp(page));
		page.navigate("/profile");
		assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("BODY");
		page.click("#flash-messages summary");
		page.locator("[data-level=warning] button").focus();
		page.keyboard().press("Enter");
		assertThat(messages(page)).containsExactly("Debug: Cache is warm", "Note: Maintenance", "Done: Photo stored",
				"Error: Payment failed");
		// the focus is on the next one's button
		for (int i = 0; i < 4; i++) {
			assertThat(page.evaluate("document.activeElement.ariaLabel")).isEqualTo("Dismiss");
			page.keyboard().press("Space");
		}
		assertThat(messages(page)).isEmpty();
		assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("H1");
	}

	@Test
	void offerWhatToDoNext() {
		Page page = open();
		String name = signUp(page);
		leave(page);
		bean(FlashSender.class).send(name,
				FlashDraft.of(FlashLevel.ERROR, "export.failed").action("/settings/export", "export.again"));
		page.navigate("/profile");
		Locator message = page.locator("[data-level=error]");
		assertThat(message.locator("button").allInnerTexts()).hasSize(2).first().isEqualTo("Try again");
		message.locator("text='Try again'").click();
		page.waitForURL("**/settings/export");
		// the job may be done before the page
		assertThat(words(page.locator("#export h2"))).matches("The download is being prepared|Ready until .*");
	}

	@Test
	void canBeReadAgain() {
		Page page = open();
		String name = signUp(page);
		page.navigate("/profile/edit");
		page.fill("#name", "half typed");
		Locator bell = page.locator("nav summary");
		assertThat(bell.innerText().strip()).isEqualTo("Messages");
		bell.click();
		Locator recent = page.locator("#recent-messages");
		recent.waitFor();
		// this page has just shown it
		page.waitForCondition(() -> words(recent).contains("Done: Your account has been created, " + name));
		page.keyboard().press("Escape");
		recent.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
		assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("SUMMARY");
		bean(FlashSender.class).send(name, FlashLevel.INFO, "Waiting");
		page.waitForCondition(() -> messages(page).contains("Note: Waiting"));
		page.keyboard().press("Enter");
		recent.waitFor();
		assertThat(page.inputValue("#name")).isEqualTo("half typed");
		page.click("h1");
		recent.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
		page.reload();
		assertThat(messages(page)).isEmpty();
	}

	@Test
	void canBeReadAgainWithoutScripts() {
		Page page = open(new Browser.NewContextOptions().setLocale("pt-BR").setJavaScriptEnabled(false));
		signUp(page);
		page.click("#bell");
		assertThat(page.title()).startsWith("Mensagens");
		assertThat(page.locator("#recent-messages li").count()).isOne();
		assertThat(words(page.locator("#recent-messages li"))).contains("Feito: Sua conta foi criada, ");
		assertThat(page.locator("#recent-messages time").getAttribute("datetime")).endsWith("Z");
	}

	@Test
	void areCountedWhereThePageDoesNotShowThem() {
		Page page = open();
		page.navigate("/sign-up");
		page.fill("#username", App.newName());
		page.fill("#password", App.PASSWORD);
		page.click("main form button:not([type])");
		page.waitForURL("**/recovery-code");
		assertThat(words(page.locator("nav summary"))).isEqualTo("Messages 1 message waits");
	}

	@Test
	void aListThatCannotBeLoadedIsAPage() {
		Page page = open();
		signUp(page);
		page.context().clearCookies();
		page.click("nav summary");
		page.waitForURL("**/login?**");
	}

	@Test
	void areAnnouncedOnce() {
		Page page = open();
		String name = signUp(page);
		Locator said = page.locator(".unseen[role=status]");
		page.waitForCondition(() -> words(said).equals("Done: Your account has been created, " + name));
		assertThat(page.locator("#flash-messages [role], #flash-messages [aria-live]").count()).isZero();
		sendAll(page, name);
		page.navigate("/profile");
		page.waitForCondition(() -> words(page.locator(".unseen[role=alert]")).endsWith("Error: Payment failed"));

		page.reload();
		assertThat(page.locator(".unseen").count()).isZero();
	}

	@Test
	void canBeDismissedWhereTheScriptDoesNotLoad() {
		Page page = open();
		page.route("**/js/*", (route) -> route.abort());
		signUp(page);
		page.waitForCondition(() -> page.locator(".dismiss a").isVisible());
		page.click(".dismiss a");
		assertThat(page.locator("#flash-messages").isVisible()).isFalse();
		complaints().clear();
	}

	@Test
	void areDismissedWithoutAScript() {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(false));
		String name = signUp(page);
		rename(page, "Ann");
		page.click("summary:has-text('Change how many are kept')");
		page.fill("#keep", "7");
		page.click(".dismiss a");
		assertThat(page.locator("#flash-messages").isVisible()).isFalse();
		assertThat(page.locator(".dismiss").isVisible()).isFalse();
		assertThat(page.inputValue("#keep")).isEqualTo("7");
		assertThat(page.evaluate("scrollY")).isEqualTo(0);
		// what comes later at the same address is shown
		bean(FlashSender.class).send(name, FlashLevel.INFO, Text.of("Maintenance"));
		page.reload();
		assertThat(messages(page)).containsExactly("Note: Maintenance");
		assertThat(page.locator("#flash-messages").isVisible()).isTrue();
	}

	/**
	 * Leaves a message of each level for the next page.
	 */
	static void sendAll(Page page, String username) {
		leave(page);
		FlashSender sender = bean(FlashSender.class);
		sender.send(username, FlashLevel.DEBUG, Text.of("Cache is warm"));
		sender.send(username, FlashLevel.INFO, Text.of("Maintenance"));
		sender.send(username, FlashLevel.SUCCESS, Text.of("Photo stored").link("/profile/actions"));
		sender.send(username, FlashLevel.WARNING, Text.of("Almost full"));
		sender.send(username, FlashLevel.ERROR, Text.of("Payment failed"));
	}

}

package dev.actionlog.app.screen;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.actionlog.flash.Announcements;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages from an administrator to users.
 */
@NullUnmarked
class AdminIT extends BrowserIT {

	private static final String WORDS = "Maintenance tonight";

	/**
	 * The users of other tests would see them, too.
	 */
	@AfterEach
	void withdrawAll() {
		Announcements announcements = bean(Announcements.class);
		announcements.list(Announcements.MAX_LIST).forEach((it) -> announcements.withdraw(it.id()));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void reachEachUserOnceUntilTheyAreWithdrawn(boolean scripts) {
		Page ann = open();
		signUp(ann);
		Page joao = open(new Browser.NewContextOptions().setLocale("pt-BR").setJavaScriptEnabled(scripts));
		signUp(joao);
		Page late = open();
		signUp(late);
		late.navigate("about:blank");
		Page admin = open(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(scripts));
		signInAsAdmin(admin);
		admin.click("nav >> text=Admin");
		assertThat(admin.title()).startsWith("Messages to users");
		admin.click("text='Write a message'");
		admin.selectOption("#level", "warning");
		admin.fill("#words", WORDS);
		admin.fill("#portuguese", "Manutenção hoje");
		admin.fill("#link", "settings");
		admin.click("text='Preview'");
		assertThat(admin.locator("#link-error").innerText()).startsWith("Enter a path on this site");
		admin.fill("#link", "/settings");
		admin.click("text='Preview'");
		assertThat(admin.locator(".preview [data-level=warning] > [dir]").allInnerTexts()).containsExactly(WORDS,
				"Manutenção hoje");
		admin.click("text='Go back and edit'");
		assertThat(admin.inputValue("#words")).isEqualTo(WORDS);
		assertThat(admin.inputValue("#level")).isEqualTo("warning");
		admin.click("text='Preview'");
		assertThat(admin.locator("#reach").innerText()).startsWith("It is for all users: ");
		admin.click("button:text('Publish')");
		assertThat(messages(admin)).containsExactly("Done: Message to all users sent: " + WORDS, "Warning: " + WORDS);

		// without a reload
		ann.waitForCondition(() -> messages(ann).contains("Warning: " + WORDS));
		ann.reload();
		assertThat(messages(ann)).isEmpty();
		if (!scripts) {
			joao.reload();
		}
		joao.waitForCondition(() -> messages(joao).contains("Aviso: Manutenção hoje"));
		joao.click("#flash-messages a");
		assertThat(joao.url()).endsWith("/settings");
		assertThat(messages(joao)).isEmpty();

		admin.reload();
		Locator row = admin.locator(".sent li").first();
		assertThat(words(row)).startsWith(WORDS + " Live Warning ·").contains("For all users, seen by 3");
		row.locator("text='Withdraw'").click();
		admin.click("text='Yes, withdraw it'");
		assertThat(messages(admin)).containsExactly("Done: Message to all users withdrawn: " + WORDS);
		assertThat(words(row)).contains("Withdrawn").doesNotContain("Withdraw ", "Change");
		late.navigate("/profile");
		assertThat(messages(late)).isEmpty();
		assertThat(actions(admin)).isEmpty();
		admin.navigate("/profile");
		assertThat(actions(admin)).startsWith("Message to all users withdrawn: " + WORDS,
				"Message to all users sent: " + WORDS);
	}

	@Test
	void areSentOnceWhereTheButtonIsPressedTwice() {
		Page page = open();
		compose(page, signInAsAdmin(page));
		AtomicInteger sent = new AtomicInteger();
		page.onRequest((request) -> sent
			.addAndGet((request.method().equals("POST") && request.url().endsWith("/admin/messages")) ? 1 : 0));
		page.locator("button:text('Publish')").dblclick();
		page.waitForURL("**/admin/messages");
		assertThat(sent).hasValue(1);
		assertThat(page.locator(".sent li:has-text('Live')").count()).isOne();
	}

	@Test
	void suggestTheNamesOfUsers() {
		String ann = signUp(open());
		Page page = open();
		signInAsAdmin(page);
		page.navigate("/admin/messages/compose");
		// the first of those that begin so
		page.locator("#recipients").pressSequentially("Bob, " + ann);
		page.waitForCondition(() -> options(page).contains("Bob, " + ann));
		page.locator("#recipients").press("Control+a");
		page.locator("#recipients").pressSequentially("x");
		page.waitForCondition(() -> options(page).isEmpty());
	}

	private static List<?> options(Page page) {
		return (List<?>) page.evaluate("[...document.getElementById('user-names').options].map((it) => it.value)");
	}

	/**
	 * Leads to the preview of a message to a user, who sees it at once.
	 */
	static void compose(Page page, String recipient) {
		page.navigate("/admin/messages/compose");
		page.fill("#words", WORDS);
		page.selectOption("#audience", "named");
		page.fill("#recipients", recipient);
		preview(page);
	}

	/**
	 * Leads to the preview of a message to all users that is shown to nobody yet.
	 */
	static void composePlanned(Page page) {
		page.navigate("/admin/messages/compose");
		page.fill("#words", "Donaudampfschifffahrtsgesellschaftskapitänsmütze".repeat(3));
		page.fill("#from", "2035-01-01T00:00");
		page.fill("#until", "2035-01-02T00:00");
		preview(page);
	}

	private static void preview(Page page) {
		page.click("text='" + say(language(page), "admin.preview") + "'");
		page.waitForURL("**/preview");
	}

	static void publish(Page page) {
		page.click("button:text('" + say(language(page), "admin.publish") + "')");
		page.waitForURL("**/admin/messages");
	}

	private static Locale language(Page page) {
		return Locale.forLanguageTag((String) page.evaluate("document.documentElement.lang"));
	}

}

package dev.actionlog.app.screen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import dev.actionlog.action.ActionService;
import dev.actionlog.app.ActionLogApplication;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.EventStream;
import dev.actionlog.testing.QuickPasswords;
import dev.actionlog.text.Text;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for live delivery in a browser.
 */
@NullUnmarked
class LiveIT extends BrowserIT {

	private static final String HIDE = """
			Object.defineProperty(document, 'hidden', { configurable: true, get: () => %s });
			document.dispatchEvent(new Event('visibilitychange'));
			""";

	@Test
	void messageOfAJobComesWithoutAReload() {
		Page page = open();
		String name = withStream(page, () -> signUp(page));
		page.evaluate("window.same = true");
		page.focus("main a.button");
		send(name, "Your photos are sorted");
		awaitMessages(page, "Done: Your account has been created, " + name, "Done: Your photos are sorted");
		assertThat(page.evaluate("window.same")).isEqualTo(true);
		assertThat(page.evaluate("document.activeElement.className")).asString().startsWith("button");
		awaitNoneHeld(page, name);
		page.reload();
		assertThat(messages(page)).isEmpty();
	}

	@Test
	void isAccessibleAndSaidOnce() {
		Page page = open();
		String name = withStream(page, () -> signUp(page));
		page.locator("#flash-messages button").click();
		page.waitForCondition(() -> page.locator(".unseen").count() == 0);
		bean(FlashSender.class).send(name, FlashLevel.WARNING, Text.of("Almost full").link("/settings"));
		send(name, "Photo stored");
		awaitMessages(page, "Warning: Almost full", "Done: Photo stored");
		// by this region, which was there before, and by no other
		assertThat(page.getAttribute("#flash-messages", "aria-live")).isEqualTo("polite");
		assertThat(page.getAttribute("#flash-messages", "aria-label")).isEqualTo("Messages");
		assertThat(page.locator(".unseen").count()).isZero();
		assertThat(page.locator("[data-level] > button[aria-live=off]").count()).isEqualTo(2);
		assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
		page.locator("[data-level=warning] button").click();
		awaitMessages(page, "Done: Photo stored");
		page.keyboard().press("Enter");
		assertThat(messages(page)).isEmpty();
		assertThat(page.getAttribute("#flash-messages", "aria-label")).isNull();
	}

	@Test
	void comesInOneTabOnlyAndInTheOtherWhenThatIsClosed() {
		Page page = open();
		String name = withStream(page, () -> signUp(page));
		Page other = page.context().newPage();
		other.navigate("/profile");
		send(name, "For one tab");
		awaitMessages(page, "Done: Your account has been created, " + name, "Done: For one tab");
		assertThat(messages(other)).isEmpty();
		withStream(other, () -> {
			page.close();
			return true;
		});
		send(name, "For the other tab");
		awaitMessages(other, "Done: For the other tab");
	}

	@Test
	void tabWithoutMessagesPassesTheHintOn() {
		Page page = open();
		String name = withStream(page, () -> signUp(page));
		page.evaluate("document.getElementById('flash-messages').remove()");
		// what a page without the fragment has: the script finds none
		page.route("**/profile", (route) -> {
			APIResponse answer = route.fetch();
			route.fulfill(new Route.FulfillOptions().setResponse(answer)
				.setBody(answer.text().replace("id=\"flash-messages\"", "id=\"none\"")));
		});
		withStream(page, () -> page.reload());
		page.unroute("**/profile");
		Page other = page.context().newPage();
		other.navigate("/profile");
		other.waitForCondition(() -> pending(other) == 1);
		send(name, "For the other tab");
		awaitMessages(other, "Done: For the other tab");
	}

	@Test
	void hiddenTabTakesNoneUntilItIsVisible() {
		Page page = open();
		String name = withStream(page, () -> signUp(page));
		page.evaluate(HIDE.formatted(true));
		page.waitForCondition(() -> held(page) == 0);
		send(name, "Later");
		assertThat(bean(FlashSender.class).peek(name)).hasSize(1);
		assertThat(messages(page)).containsExactly("Done: Your account has been created, " + name);
		page.evaluate(HIDE.formatted(false));
		awaitMessages(page, "Done: Your account has been created, " + name, "Done: Later");
	}

	@Test
	void pageThatIsLoadedHiddenConfirmsWhenItIsVisible() {
		Page page = open();
		String name = signUp(page);
		leave(page);
		page.addInitScript(HIDE.formatted(true));
		send(name, "Loaded in the background");
		page.navigate("/settings");
		assertThat(messages(page)).containsExactly("Done: Loaded in the background");
		assertThat(rows(name)).isEqualTo(1);
		page.evaluate(HIDE.formatted(false));
		awaitNoneHeld(page, name);
	}

	@Test
	void messageThatAnotherPageShowsIsTakenBack() {
		Page page = open();
		String name = signUp(page);
		leave(page);
		page.addInitScript(HIDE.formatted(true));
		send(name, "Shown elsewhere");
		page.navigate("/settings");
		assertThat(messages(page)).hasSize(1);
		// as another page does when the lease has ended
		bean(JdbcClient.class).sql("delete from actionlog_flash where username = ?").param(name).update();
		page.evaluate(HIDE.formatted(false));
		page.waitForCondition(() -> page.locator("[data-level]").count() == 0);
	}

	@Test
	void messageWhoseConfirmationIsRefusedIsShownOnceMoreByTheServersRule() {
		Page page = open();
		String name = signUp(page);
		leave(page);
		page.route("**/actionlog/live/shown", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(403)));
		send(name, "Refused");
		page.waitForResponse("**/actionlog/live/shown", () -> page.navigate("/settings"));
		assertThat(messages(page)).containsExactly("Done: Refused");
		page.waitForCondition(() -> page.evaluate("document.cookie").toString().contains("actionlog-live=off"));
		assertThat(rows(name)).isEqualTo(1);
		// the lease ends
		bean(JdbcClient.class).sql("update actionlog_flash set claimed_until = null").update();
		page.navigate("/settings");
		assertThat(messages(page)).containsExactly("Done: Refused");
		assertThat(rows(name)).isZero();
	}

	@Test
	void stopsWhenTheUserSignsOutInAnotherTab() {
		Page page = open();
		withStream(page, () -> signUp(page));
		Page other = page.context().newPage();
		other.navigate("/settings");
		other.click("text=Sign out");
		page.waitForCondition(() -> held(page) == 0 && pending(page) == 0);
		page.evaluate(HIDE.formatted(true));
		page.evaluate(HIDE.formatted(false));
		assertThat(held(page) + pending(page)).isZero();
	}

	@Test
	void openListOfActionsIsRenewed() {
		Page page = open();
		String name = withStream(page, () -> signUp(page));
		ActionService actions = bean(ActionService.class);
		actions.recordFor(name, Text.of("Stored a photo").link("/settings"));
		page.waitForCondition(() -> actions(page).equals(List.of("Stored a photo", "Signed up")));
		Locator link = page.locator("#action-history a");
		link.focus();
		actions.recordFor(name, "Sorted the photos");
		page.waitForCondition(() -> actions(page).equals(List.of("Sorted the photos", "Stored a photo", "Signed up")));
		assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Stored a photo");
		assertThat(page.locator("#action-history li > .ago").allInnerTexts()).hasSize(3).containsOnly("now");
	}

	@Test
	void opensTheStreamAgainThatWasCut() {
		Page page = open();
		String name = withStream(page, () -> signUp(page));
		String browser = cookie(page, "actionlog-live");
		withStream(page, () -> {
			// the server takes it for the same browser, and ends the other stream
			try (EventStream other = new EventStream(URI.create(page.url()).getPort(),
					"/actionlog/live?browser=" + browser, "Cookie: SESSION=" + cookie(page, "SESSION"))) {
				assertThat(other.status()).isEqualTo(200);
				send(name, "Sent meanwhile");
				return true;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		awaitMessages(page, "Done: Your account has been created, " + name, "Done: Sent meanwhile");
	}

	@Test
	void goesOnWhenTheServerIsStartedAgain() {
		List<String> settings = new ArrayList<>(
				List.of("--server.port=" + TestSocketUtils.findAvailableTcpPort(), "--server.address=127.0.0.1",
						"--spring.main.banner-mode=off", "--logging.level.root=off", QuickPasswords.SETTING));
		Database.H2.create().forEach((name, value) -> settings.add("--" + name + "=" + value));
		String address = "http://localhost:" + settings.get(0).replaceAll("\\D+", "");
		Page page = open();
		String name = App.newName();
		try (ConfigurableApplicationContext server = run(settings)) {
			page.navigate(address + "/sign-up");
			page.fill("#username", name);
			page.fill("#password", App.PASSWORD);
			page.click("main form button:not([type])");
			withStream(page, () -> page.navigate(address + "/profile"));
		}
		try (ConfigurableApplicationContext server = run(settings)) {
			server.getBean(FlashSender.class).send(name, FlashLevel.SUCCESS, Text.of("Here again"));
			awaitMessages(page, "Done: Your account has been created, " + name, "Done: Here again");
		}
		// that nobody answered
		complaints().removeIf((complaint) -> complaint.contains("ERR_"));
	}

	private static ConfigurableApplicationContext run(List<String> settings) {
		return new SpringApplicationBuilder(ActionLogApplication.class, QuickPasswords.class)
			.run(settings.toArray(String[]::new));
	}

	@Test
	void pageWithoutTheScriptIsAsBefore() {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(false));
		String name = signUp(page);
		send(name, "As before");
		page.navigate("/settings");
		assertThat(messages(page)).containsExactly("Done: As before");
		assertThat(rows(name)).isZero();
		assertThat(page.locator("#flash-messages form").count()).isZero();
	}

	private static void send(String username, String words) {
		bean(FlashSender.class).send(username, FlashLevel.SUCCESS, Text.of(words));
	}

	private static void awaitMessages(Page page, String... messages) {
		page.waitForCondition(() -> messages(page).equals(List.of(messages)));
	}

	/**
	 * Waits until a page has confirmed what it has shown.
	 */
	private static void awaitNoneHeld(Page page, String username) {
		page.waitForCondition(() -> rows(username) == 0);
	}

	private static int rows(String username) {
		return bean(JdbcClient.class).sql("select count(*) from actionlog_flash where username = ?")
			.param(username)
			.query(Integer.class)
			.single();
	}

	/**
	 * How many tabs of the browser have the stream.
	 */
	private static int held(Page page) {
		return (int) page.evaluate("navigator.locks.query().then(({ held }) => held.length)");
	}

	/**
	 * How many tabs of the browser wait for the stream.
	 */
	private static int pending(Page page) {
		return (int) page.evaluate("navigator.locks.query().then(({ pending }) => pending.length)");
	}

	private static String cookie(Page page, String name) {
		return page.context()
			.cookies()
			.stream()
			.collect(Collectors.toMap((Cookie cookie) -> cookie.name, (cookie) -> cookie.value))
			.get(name);
	}

	/**
	 * Does what opens the stream of a profile page, and waits for that.
	 */
	private static <T> T withStream(Page page, Supplier<T> work) {
		AtomicReference<T> result = new AtomicReference<>();
		page.waitForResponse((response) -> response.url().contains("/actionlog/live?") && response.status() == 200
				&& page.url().endsWith("/profile"), () -> result.set(work.get()));
		return result.get();
	}

}

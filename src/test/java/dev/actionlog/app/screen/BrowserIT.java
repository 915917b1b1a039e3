package dev.actionlog.app.screen;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.actionlog.app.ActionLogApplication;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.QuickPasswords;
import dev.actionlog.testing.SetClock;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Base class of the tests in a real browser: the program of the environment variable
 * {@code CHROMIUM}, or Debian's headless shell of Chromium, or Debian's whole Chromium,
 * in which they take more than twice as long. Where there is none they are skipped,
 * unless the environment variable {@code ACTIONLOG_BROWSER} is {@code required}.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@NullUnmarked
abstract class BrowserIT {

	private static @Nullable ConfigurableApplicationContext app;

	private static @Nullable Browser browser;

	private final List<BrowserContext> contexts = new ArrayList<>();

	private final List<String> complaints = new ArrayList<>();

	@BeforeAll
	static void start() {
		Optional<Path> program = Stream
			.of(System.getenv("CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
			.filter(Objects::nonNull)
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		if (!"required".equals(System.getenv("ACTIONLOG_BROWSER"))) {
			assumeThat(program).as("Not tested: no browser. Install Chromium, or name it in CHROMIUM").isPresent();
		}
		assertThat(program).as("a browser").isPresent();
		startApp();
		startBrowser(program.get());
	}

	/**
	 * Starts the browser, once for all these tests, each of which opens pages in a
	 * context of its own.
	 */
	private static void startBrowser(Path program) {
		if (browser != null) {
			return;
		}
		Playwright playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
		browser = playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(program)
				.setArgs(List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update",
						"--disable-sync", "--disable-quic")));
	}

	/**
	 * Starts the application, once for all these tests. The origin of its passkeys has
	 * the port, which is therefore known before.
	 */
	private static void startApp() {
		if (app != null) {
			return;
		}
		List<String> settings = new ArrayList<>(List.of("--server.port=" + TestSocketUtils.findAvailableTcpPort(),
				"--server.address=127.0.0.1", "--spring.main.banner-mode=off", "--logging.level.root=off",
				"--actionlog.flash.min-level=DEBUG", "--throttle.network-attempts=100000", App.ADMINS,
				QuickPasswords.SETTING));
		Database.H2.create().forEach((name, value) -> settings.add("--" + name + "=" + value));
		app = new SpringApplicationBuilder(ActionLogApplication.class, Additions.class, FailingPage.class,
				QuickPasswords.class)
			.run(settings.toArray(String[]::new));
	}

	@AfterEach
	void closeBrowsers() {
		this.contexts.forEach(BrowserContext::close);
		assertThat(this.complaints).as("what the browser complains about").isEmpty();
		bean(SetClock.class).reset();
	}

	/**
	 * The console messages and errors of the browser, none of which a test may leave.
	 */
	List<String> complaints() {
		return this.complaints;
	}

	static <T> T bean(Class<T> type) {
		return app.getBean(type);
	}

	/**
	 * A page of a browser of its own, in English on a screen of 1280 by 800.
	 */
	Page open() {
		return open(new Browser.NewContextOptions().setLocale("en"));
	}

	/**
	 * A page of a browser of its own, about which the browser must have no complaint.
	 */
	Page open(Browser.NewContextOptions options) {
		BrowserContext context = browser.newContext(
				options.setBaseURL("http://localhost:" + app.getEnvironment().getRequiredProperty("local.server.port"))
					.setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE));
		context.setDefaultTimeout(60_000);
		this.contexts.add(context);
		Page page = context.newPage();
		page.onConsoleMessage((message) -> {
			// pages with an error status are reported too, and a test that was in a field
			// before the browser was
			if (Stream
				.of("Failed to load resource: the server responded with a status of",
						"Autofocus processing was blocked because a document already has a focused element")
				.noneMatch(message.text()::startsWith)) {
				this.complaints.add(message.text());
			}
		});
		page.onPageError(this.complaints::add);
		return page;
	}

	/**
	 * A message of the application.
	 */
	static String say(Locale language, String code, Object... args) {
		return app.getMessage(code, args, language);
	}

	static String signUp(Page page) {
		String name = App.newName();
		page.navigate("/sign-up");
		page.fill("#username", name);
		page.fill("#password", App.PASSWORD);
		page.click("main form button:not([type])");
		page.waitForURL("**/recovery-code");
		page.click("main a.button");
		page.waitForURL("**/profile");
		return name;
	}

	/**
	 * Waits until an element has the focus: a script may give it after the click.
	 */
	static void awaitFocus(Page page, String id) {
		page.waitForCondition(() -> id.equals(page.evaluate("document.activeElement.id")));
	}

	/**
	 * Changes the name of the user, and so leaves an action and a message.
	 */
	static void rename(Page page, String name) {
		page.navigate("/profile/edit");
		page.fill("#name", name);
		page.click("form:has(#name) button");
		page.waitForURL("**/profile");
	}

	/**
	 * Signs an administrator in, in the language of the page.
	 */
	static String signInAsAdmin(Page page) {
		String name = App.newAdmin(app);
		Object language = page.evaluate("navigator.language");
		bean(JdbcClient.class).sql("update account set language = ? where username = ?")
			.params(language, name)
			.update();
		page.navigate("/login");
		page.fill("#username", name);
		page.fill("#password", App.PASSWORD);
		page.click("main form button:not([type])");
		page.waitForURL("**/profile");
		return name;
	}

	/**
	 * Leaves the site, so that no open page takes what is sent next.
	 */
	static void leave(Page page) {
		page.navigate("about:blank");
	}

	/**
	 * The messages on a page, each with its level.
	 */
	static List<String> messages(Page page) {
		// at once, because a script may change them
		Object words = page.locator("#flash-messages [data-level]").evaluateAll("""
				(all) => all.map((message) => ['strong', '[dir]']
					.map((part) => message.querySelector(part).innerText.trim().replace(/\\s+/g, ' ')).join(' '))
				""");
		return ((List<?>) words).stream().map(String::valueOf).toList();
	}

	static List<String> actions(Page page) {
		return page.locator("#action-history li > [dir]").allInnerTexts();
	}

	static String words(Locator locator) {
		return locator.innerText().strip().replaceAll("\\s+", " ");
	}

	@Configuration(proxyBeanMethods = false)
	static class Additions {

		@Bean
		SetClock clock() {
			return new SetClock(InstantSource.system());
		}

	}

	@Controller
	static class FailingPage {

		@GetMapping("/failing")
		String page(Model model) {
			model.addAttribute("trouble", new Trouble());
			return "told/failing";
		}

	}

	/**
	 * A model attribute whose getter fails.
	 */
	public static class Trouble {

		public String getNow() {
			throw new IllegalStateException("for the test");
		}

	}

}

package dev.actionlog.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Database;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for what a person sees, in a real browser: the program of the environment
 * variable {@code CHROMIUM}, or Debian's Chromium. Where there is none they are skipped,
 * but not where the gate runs.
 */
@NullUnmarked
class ScreenTests {

	private static ConfigurableApplicationContext app;

	private static Playwright playwright;

	private static Browser browser;

	@BeforeAll
	static void start() {
		Optional<Path> program = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium")
			.filter(Objects::nonNull)
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		if (!"true".equals(System.getenv("CI"))) {
			assumeThat(program).as("Not tested: no browser. Install Chromium, or name it in CHROMIUM").isPresent();
		}
		assertThat(program).as("a browser").isPresent();
		List<String> settings = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.banner-mode=off", "--logging.level.root=off"));
		Database.H2.create().forEach((name, value) -> settings.add("--" + name + "=" + value));
		app = new SpringApplicationBuilder(ActionLogApplication.class, FailingPage.class)
			.run(settings.toArray(String[]::new));
		playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		browser = playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(program.get())
				.setArgs(List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update",
						"--disable-sync", "--disable-quic")));
	}

	@AfterAll
	static void stop() {
		if (playwright != null) {
			playwright.close();
		}
		if (app != null) {
			app.close();
		}
	}

	@Test
	void showsEachMessageOnce() {
		try (BrowserContext context = newContext(); Page page = context.newPage()) {
			signUp(page);
			assertThat(messages(page)).hasSize(1).first().asString().contains("Welcome, ");
			page.reload();
			assertThat(messages(page)).isEmpty();

			page.fill("#name", "Ann of Lisbon");
			page.click("input[value='Change name']");
			assertThat(page.url()).endsWith("/profile");
			assertThat(messages(page)).containsExactly("Done: Name changed to Ann of Lisbon");
			page.reload();
			assertThat(messages(page)).isEmpty();
			page.goBack();
			assertThat(messages(page)).isEmpty();
		}
	}

	@Test
	void showsOnTheHomePageThatOneHasSignedOut() {
		try (BrowserContext context = newContext(); Page page = context.newPage()) {
			signUp(page);
			page.click("input[value='Sign out']");
			assertThat(page.url()).endsWith(":" + port() + "/");
			assertThat(messages(page)).containsExactly("Done: Signed out");
			page.reload();
			assertThat(messages(page)).isEmpty();
		}
	}

	@Test
	void losesNoMessageToPageThatFails() {
		try (BrowserContext context = newContext(); Page page = context.newPage()) {
			signUp(page);
			page.fill("#name", "Ann of Lisbon");
			// the deed alone, so that the page that fails is the next
			page.evaluate("""
					() => fetch('/profile/name', { method: 'POST', redirect: 'manual',
						body: new URLSearchParams(new FormData(document.querySelector('#name').form)) })
					""");
			Response failed = page.navigate(server() + "/failing");
			assertThat(failed.status()).isEqualTo(500);
			assertThat(page.title()).startsWith("Something went wrong");
			assertThat(messages(page)).containsExactly("Done: Name changed to Ann of Lisbon");
			page.navigate(server() + "/profile");
			assertThat(messages(page)).isEmpty();
		}
	}

	@Test
	void tellsWhenTheDownloadIsReady() throws IOException {
		try (BrowserContext context = newContext(); Page page = context.newPage()) {
			signUp(page);
			page.navigate(server() + "/settings");
			page.click("input[value='Prepare the download']");
			List<String> told = new ArrayList<>(messages(page));
			Locator link = page.locator("#flash-messages a");
			for (int i = 0; i < 200 && link.count() == 0; i++) {
				page.waitForTimeout(50);
				page.reload();
				told.addAll(messages(page));
			}
			assertThat(told).containsExactly(
					"Note: Your data is being prepared. A message will tell you when it is ready.",
					"Done: Your data is ready. Download it within 24 hours.");
			Path file = page.waitForDownload(link::click).path();
			assertThat(Files.readAllBytes(file)).startsWith('P', 'K');
			page.reload();
			assertThat(messages(page)).isEmpty();
		}
	}

	private static BrowserContext newContext() {
		return browser.newContext(new Browser.NewContextOptions().setLocale("en"));
	}

	private static void signUp(Page page) {
		page.navigate(server() + "/sign-up");
		page.fill("#username", App.newName());
		page.fill("#password", App.PASSWORD);
		page.click("main input[type='submit']");
		assertThat(page.url()).endsWith("/profile");
	}

	private static List<String> messages(Page page) {
		return page.locator("#flash-messages [data-level]")
			.allInnerTexts()
			.stream()
			.map((text) -> text.strip().replaceAll("\\s+", " "))
			.toList();
	}

	private static String server() {
		return "http://127.0.0.1:" + port();
	}

	private static String port() {
		return app.getEnvironment().getRequiredProperty("local.server.port");
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
	 * A value in a template that cannot be had.
	 */
	public static class Trouble {

		public String getNow() {
			throw new IllegalStateException("for the test");
		}

	}

}

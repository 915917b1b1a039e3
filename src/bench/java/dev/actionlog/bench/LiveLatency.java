package dev.actionlog.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.actionlog.app.ActionLogApplication;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.text.Text;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How long a message takes from the return of {@code send} on one node of the web
 * application until Chromium has painted it, in a page of another node, on one
 * PostgreSQL. The nodes, the database and the browser share the processors.
 */
record LiveLatency() implements Comparison {

	private static final int MESSAGES = 300;

	private static final int WARMUP = 50;

	/** A message has been painted when the frame after its own begins. */
	private static final String WATCH = """
			window.shown = {};
			document.getElementById('flash-messages').addEventListener('actionlog:messages', ({ detail }) => {
				const words = detail.messages.map((message) => message.querySelector('[dir]').textContent);
				requestAnimationFrame(() => requestAnimationFrame(() => {
					words.forEach((word) => { window.shown[word] = Date.now(); });
				}));
				detail.messages.forEach((message) => setTimeout(() => message.remove(), 500));
			});
			""";

	@Override
	public String name() {
		return "live latency";
	}

	@Override
	public void run(Server server, Table table) throws Exception {
		server.createDatabase("live");
		try (ConfigurableApplicationContext one = node();
				ConfigurableApplicationContext two = node();
				Playwright playwright = Playwright
					.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
				Browser browser = playwright.chromium()
					.launch(new BrowserType.LaunchOptions()
						.setExecutablePath(
								Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium-headless-shell")))
						.setArgs(List.of("--no-sandbox", "--disable-background-networking",
								"--disable-component-update", "--disable-sync", "--disable-quic")))) {
			Page page = browser.newPage();
			String address = "http://localhost:" + two.getEnvironment().getProperty("local.server.port");
			page.navigate(address + "/sign-up");
			page.fill("#username", "ann");
			page.fill("#password", "correct horse battery");
			page.click("main form button:not([type])");
			page.waitForResponse((response) -> response.url().contains("/actionlog/live?"),
					() -> page.navigate(address + "/profile"));
			page.evaluate(WATCH);
			List<Long> times = new ArrayList<>();
			for (int i = 0; i < WARMUP + MESSAGES; i++) {
				String words = "message " + i;
				one.getBean(FlashSender.class).send("ann", FlashLevel.INFO, Text.of(words));
				long sent = System.currentTimeMillis();
				page.waitForFunction("(words) => window.shown[words]", words);
				long shown = ((Number) page.evaluate("(words) => window.shown[words]", words)).longValue();
				if (i >= WARMUP) {
					times.add(shown - sent);
				}
				page.waitForTimeout(ThreadLocalRandom.current().nextInt(300, 900));
			}
			times.sort(null);
			System.out.printf("live latency of %d messages: median %d ms, 95 %% within %d ms, all within %d ms%n",
					MESSAGES, times.get(MESSAGES / 2), times.get(MESSAGES * 95 / 100), times.get(MESSAGES - 1));
		}
	}

	private static ConfigurableApplicationContext node() {
		return new SpringApplicationBuilder(ActionLogApplication.class).run("--server.port=0",
				"--server.address=127.0.0.1", "--spring.main.banner-mode=off", "--logging.level.root=warn",
				"--spring.datasource.url=" + Server.url("live"), "--spring.datasource.username=postgres");
	}

}

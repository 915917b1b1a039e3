package dev.actionlog.flash.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for nodes that are killed while a page holds messages.
 */
@NullUnmarked
class FlashCrashIT {

	private static final String LEASE = "actionlog.flash.lease=2s";

	private Process process;

	@AfterEach
	void stop() {
		this.process.destroyForcibly();
	}

	@Test
	void anotherNodeShowsWhatKilledNodeHeldAfterTheLease() throws Exception {
		Map<String, Object> database = Database.POSTGRESQL.create();
		try (TestApplication other = Site.start(database, LEASE)) {
			killWhileItHolds(database);
			Browser browser = Site.browser(other, "ann");
			OffsetDateTime end = time(other, "select claimed_until from actionlog_flash");
			Answer early = browser.get("/page");
			if (time(other, "select current_timestamp").isBefore(end)) {
				assertThat(early.messages()).isEmpty();
			}
			List<String> shown = new ArrayList<>(early.messages());
			Together.eventually(() -> {
				shown.addAll(browser.get("/page").messages());
				return !shown.isEmpty();
			});
			assertThat(time(other, "select current_timestamp")).isAfterOrEqualTo(end);
			assertThat(shown).containsExactly("hello");
			assertThat(browser.get("/page").messages()).isEmpty();
		}
	}

	@Test
	void nodeThatStartsAgainOnItsFileShowsWhatItHeldAfterTheLease(@TempDir Path directory) throws Exception {
		Map<String, Object> database = Map.of("spring.datasource.url",
				"jdbc:h2:file:" + directory.resolve("node")
						+ ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE",
				"spring.datasource.username", "sa", "spring.datasource.password", "");
		killWhileItHolds(database);
		try (TestApplication again = Site.start(database, LEASE)) {
			Browser browser = Site.browser(again, "ann");
			Together.eventually(() -> browser.get("/page").messages().equals(List.of("hello")));
			assertThat(browser.get("/page").messages()).isEmpty();
		}
	}

	private void killWhileItHolds(Map<String, Object> database) throws IOException, InterruptedException {
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Node.class.getName(),
				database.get("spring.datasource.url").toString(), database.get("spring.datasource.username").toString(),
				"2s")
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			Browser browser = new Browser(Integer.parseInt(await(output, "PORT ").substring(5))).with("X-User", "ann");
			assertThat(browser.postWithoutToken("/add", "text", "hello").status()).isEqualTo(303);
			// ends with the process
			CompletableFuture<Answer> page = CompletableFuture.supplyAsync(() -> browser.get("/gated"));
			await(output, "CLAIMED");
			this.process.destroyForcibly();
			assertThat(this.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(page).failsWithin(30, TimeUnit.SECONDS);
		}
	}

	private static String await(BufferedReader output, String start) throws IOException {
		List<String> lines = new ArrayList<>();
		String line;
		while ((line = output.readLine()) != null) {
			if (line.startsWith(start)) {
				return line;
			}
			lines.add(line);
		}
		throw new IllegalStateException(String.join("\n", lines));
	}

	private static OffsetDateTime time(TestApplication application, String sql) {
		return application.jdbc().sql(sql).query(OffsetDateTime.class).single();
	}

}

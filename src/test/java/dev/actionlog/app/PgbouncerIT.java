package dev.actionlog.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Pgbouncer;
import dev.actionlog.testing.QuickPasswords;
import dev.actionlog.testing.ServerLog;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the application behind PgBouncer in transaction mode, where two statements of
 * a connection may run in two sessions of the server.
 */
class PgbouncerIT {

	private static final int WRITERS = 8;

	private static final int EACH = 25;

	@TempDir
	private Path folder;

	@Test
	void allThatTheApplicationDoesWorksThroughPgbouncer() throws Exception {
		assumeThat(Pgbouncer.program()).as("PgBouncer is not installed").isPresent();
		Map<String, Object> settings = Database.POSTGRESQL.create();
		String direct = String.valueOf(settings.get("spring.datasource.url"));
		int serverPort = Integer.parseInt(direct.replaceFirst(".*:(\\d+)/.*", "$1"));
		try (Pgbouncer bouncer = Pgbouncer.start(Pgbouncer.program().orElseThrow(), this.folder, serverPort, 5)) {
			String url = direct.replaceFirst(":\\d+/", ":" + bouncer.port() + "/");
			try (ConfigurableApplicationContext one = start(url, direct);
					ConfigurableApplicationContext two = start(url, direct);
					ServerLog log = new ServerLog()) {
				showsEachMessageOnce(one, two);
				assertThat(log.entries()).isEmpty();
			}
		}
	}

	private static ConfigurableApplicationContext start(String url, String direct) {
		return new SpringApplicationBuilder(ActionLogApplication.class, QuickPasswords.class).run(
				"--spring.profiles.active=postgresql", "--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.banner-mode=off", "--logging.level.root=off", QuickPasswords.SETTING,
				"--spring.datasource.url=" + url, "--spring.datasource.username=postgres",
				"--spring.datasource.password=", "--spring.datasource.hikari.data-source-properties.prepareThreshold=0",
				"--spring.flyway.url=" + direct, "--actionlog.flash.max-pending=10000");
	}

	private static void showsEachMessageOnce(ConfigurableApplicationContext one, ConfigurableApplicationContext two)
			throws Exception {
		Browser browser = new Browser(port(one));
		assertThat(browser.post("/sign-up", "username", "ann", "password", App.PASSWORD).status()).isEqualTo(303);
		Queue<String> shown = new ConcurrentLinkedQueue<>();
		Together.run(WRITERS + 4, (thread) -> {
			if (thread < WRITERS) {
				ConfigurableApplicationContext node = (thread % 2 == 0) ? one : two;
				for (int i = 0; i < EACH; i++) {
					node.getBean(FlashSender.class).send("ann", FlashLevel.INFO, "m" + thread + "-" + i);
					node.getBean(ActionService.class).recordFor("ann", "done " + i);
				}
			}
			else {
				Browser reader = new Browser(port((thread % 2 == 0) ? one : two));
				assertThat(reader.post("/login", "username", "ann", "password", App.PASSWORD).status()).isEqualTo(303);
				for (int i = 0; i < EACH; i++) {
					shown.addAll(reader.get("/settings").messages());
					shown.addAll(reader.get("/profile").messages());
				}
			}
		});
		Answer last = browser.get("/profile");
		shown.addAll(last.messages());
		assertThat(last.actions()).hasSize(10);
		assertThat(shown.stream().filter((text) -> text.matches("m\\d+-\\d+"))).containsExactlyInAnyOrderElementsOf(
				IntStream.range(0, WRITERS * EACH).mapToObj((i) -> "m" + i / EACH + "-" + i % EACH).toList());
	}

	private static int port(ConfigurableApplicationContext node) {
		return node.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

}

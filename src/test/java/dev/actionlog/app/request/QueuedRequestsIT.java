package dev.actionlog.app.request;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.actionlog.app.ActionLogApplication;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.QuickPasswords;
import dev.actionlog.testing.Together;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bound of the requests that wait for a thread.
 */
class QueuedRequestsIT {

	private static final int THREADS = 4;

	private static final int MAX_QUEUED = 3;

	private static final int REQUESTS = 20;

	@Test
	void whatIsBeyondTheBoundIsRefusedAtOnce() throws Exception {
		Map<String, Object> settings = Database.H2.create();
		String url = String.valueOf(settings.get("spring.datasource.url"))
			.replace("LOCK_TIMEOUT=10000", "LOCK_TIMEOUT=180000");
		String user = String.valueOf(settings.get("spring.datasource.username"));
		ExecutorService clients = Executors.newFixedThreadPool(THREADS + REQUESTS);
		try (ServletWebServerApplicationContext application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(
				ActionLogApplication.class, QuickPasswords.class)
			.run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
					"--logging.level.root=off", QuickPasswords.SETTING, "--server.tomcat.threads.max=" + THREADS,
					"--server.tomcat.threads.min-spare=" + THREADS, "--app.requests-waiting-for-threads=" + MAX_QUEUED,
					"--spring.datasource.url=" + url, "--spring.datasource.username=" + user,
					"--spring.datasource.password=");
				Connection connection = DriverManager.getConnection(url, user, "")) {
			ThreadPoolExecutor threads = (ThreadPoolExecutor) ((TomcatWebServer) Objects
				.requireNonNull(application.getWebServer())).getTomcat()
				.getConnector()
				.getProtocolHandler()
				.getExecutor();
			int port = application.getWebServer().getPort();
			List<Browser> users = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				users.add(signUp(port, "user" + i));
			}
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.executeUpdate("update actionlog_profile set written = written");
			}
			List<CompletableFuture<Answer>> changes = users.stream()
				.map((browser) -> CompletableFuture.supplyAsync(() -> browser.post("/profile/name", "name", "Ann"),
						clients))
				.toList();
			Together.eventually(() -> threads.getActiveCount() == THREADS);
			List<CompletableFuture<Answer>> pages = new ArrayList<>();
			for (int i = 0; i < REQUESTS; i++) {
				pages.add(CompletableFuture.supplyAsync(() -> new Browser(port).get("/login"), clients));
			}
			Together.eventually(() -> threads.getQueue().size() == REQUESTS);
			connection.rollback();
			assertThat(changes).allSatisfy((change) -> assertThat(change.join().status()).isEqualTo(303));
			List<Answer> refused = pages.stream()
				.map(CompletableFuture::join)
				.filter((page) -> page.status() != 200)
				.toList();
			// the last are answered, because nobody waits behind them; each thread may
			// have seen a queue that was shorter already
			assertThat(refused).hasSizeBetween(REQUESTS - 2 * MAX_QUEUED - 1, REQUESTS - MAX_QUEUED - 1)
				.allSatisfy((page) -> {
					assertThat(page.status()).isEqualTo(503);
					assertThat(page.header("Retry-After")).isEqualTo("1");
					assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
					assertThat(page.text()).contains("<title>Try again in a moment");
				});
			assertThat(new Browser(port).get("/login").status()).isEqualTo(200);
		}
		finally {
			clients.shutdownNow();
		}
	}

	private static Browser signUp(int port, String name) {
		Browser browser = new Browser(port);
		assertThat(browser.post("/sign-up", "username", name, "password", App.PASSWORD).status()).isEqualTo(303);
		browser.get("/profile");
		browser.token();
		return browser;
	}

}

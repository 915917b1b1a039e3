package dev.actionlog.app.request;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.actionlog.app.ActionLogApplication;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.QuickPasswords;
import dev.actionlog.testing.ServerLog;
import dev.actionlog.testing.Together;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bound of what one user changes at a time, with the lock timeout that the
 * application has by default.
 */
class ChangesPerUserIT {

	private static final int OTHERS = 20;

	private static final int EACH = 5;

	@ParameterizedTest
	@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
	void whoWaitsForALockedRowHoldsUpNobodyElse(Database database) throws Exception {
		Map<String, Object> settings = database.create();
		// on H2, as in application.properties
		String url = String.valueOf(settings.get("spring.datasource.url"))
			.replace("LOCK_TIMEOUT=10000", "LOCK_TIMEOUT=2000");
		String user = String.valueOf(settings.get("spring.datasource.username"));
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(ActionLogApplication.class,
				QuickPasswords.class)
			.run("--spring.profiles.active=" + database.name().toLowerCase(Locale.ROOT), "--server.port=0",
					"--server.address=127.0.0.1", "--spring.main.banner-mode=off", "--logging.level.root=off",
					QuickPasswords.SETTING, "--throttle.network-attempts=100000", "--app.requests-per-address=1000",
					"--spring.datasource.url=" + url, "--spring.datasource.username=" + user,
					"--spring.datasource.password=");
				Connection connection = DriverManager.getConnection(url, user, "");
				ServerLog log = new ServerLog()) {
			int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			List<Browser> browsers = new ArrayList<>();
			for (int i = 0; i <= OTHERS; i++) {
				browsers.add(signUp(port, "user" + i));
			}
			lock(connection, "user0");
			Together.run(2 * OTHERS, (thread) -> {
				if (thread < OTHERS) {
					for (int i = 0; i < EACH; i++) {
						Browser other = browsers.get(1 + thread);
						assertThat(other.post("/profile/name", "name", "Name " + i).status()).isEqualTo(303);
						assertThat(other.get("/profile").actions()).first().isEqualTo("Name changed to Name " + i);
					}
				}
				else {
					// the same button again and again, in windows of one browser
					Answer answer = browsers.get(0).post("/profile/name", "name", "Ann");
					assertThat(answer.status()).isEqualTo(409);
					assertThat(answer.text()).contains("name=\"name\" value=\"Ann\"", "name=\"_csrf\"");
					assertThat(browsers.get(0).get("/profile").status()).isEqualTo(200);
				}
			});
			connection.rollback();
			assertThat(browsers.get(0).post("/profile/name", "name", "Ann").status()).isEqualTo(303);
			assertThat(log.entries()).isEmpty();
		}
	}

	private static Browser signUp(int port, String name) {
		Browser browser = new Browser(port).with("Sec-Fetch-Site", "same-origin");
		assertThat(browser.post("/sign-up", "username", name, "password", App.PASSWORD).status()).isEqualTo(303);
		browser.get("/profile");
		browser.token();
		return browser;
	}

	private static void lock(Connection connection, String username) throws Exception {
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement
				.executeUpdate("update actionlog_profile set written = written where username = '" + username + "'");
		}
	}

}

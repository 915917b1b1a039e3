package dev.actionlog.app;

import java.util.Map;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Pictures;
import dev.actionlog.testing.QuickPasswords;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the application with a user of the database who can change rows and nothing
 * else, beside the one who makes the tables at the start.
 */
class DatabaseUserIT {

	@Test
	void needsNoRightToChangeTables() {
		// without the user that it names
		String url = String.valueOf(Database.POSTGRESQL.create().get("spring.datasource.url"))
			.replaceFirst("\\?.*", "");
		JdbcClient owner = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
		owner.sql("create role rows_only login").update();
		owner
			.sql("alter default privileges in schema public"
					+ " grant select, insert, update, delete on tables to rows_only")
			.update();
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(ActionLogApplication.class,
				QuickPasswords.class)
			.run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
					"--logging.level.root=off", QuickPasswords.SETTING, "--spring.datasource.url=" + url,
					"--spring.datasource.username=rows_only", "--spring.datasource.password=",
					"--spring.flyway.user=postgres", "--spring.flyway.password=")) {
			Browser browser = new Browser(
					application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(browser.post("/sign-up", "username", "ann", "password", App.PASSWORD).status()).isEqualTo(303);
			assertThat(browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10))).status())
				.isEqualTo(303);
			assertThat(browser.post("/settings/export").status()).isEqualTo(303);
			assertThat(browser.post("/profile/actions/keep", "keep", "5").status()).isEqualTo(303);
			assertThat(browser.get("/profile").actions()).contains("Photo changed");
			assertThat(browser.post("/settings/delete", "password", App.PASSWORD).status()).isEqualTo(303);
			JdbcClient jdbc = application.getBean(JdbcClient.class);
			for (String change : new String[] { "create table more (id integer)", "drop table users",
					"alter table users add column more integer" }) {
				assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> jdbc.sql(change).update());
			}
		}
	}

}

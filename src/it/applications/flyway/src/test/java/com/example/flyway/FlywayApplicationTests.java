package com.example.flyway;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.actionlog.action.ActionService;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static dev.actionlog.test.ActionLogAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application was at V5 before it got the library.
 */
class FlywayApplicationTests {

	private static final String[] DOCUMENTED = {
			"--spring.flyway.locations=classpath:db/migration,classpath:dev/actionlog/database/{vendor}",
			"--actionlog.database.initialize=never" };

	private final String url = "jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";

	@BeforeEach
	void migrateToV5() {
		Flyway.configure().dataSource(this.url, "sa", "").load().migrate();
	}

	@Test
	void worksWithoutConfiguration() {
		assertThat(migrationsAfterStart()).containsExactly("V1__orders.sql", "V5__note.sql");
	}

	@Test
	void runsTheScriptAsRepeatableMigration() {
		assertThat(migrationsAfterStart(DOCUMENTED)).containsExactly("V1__orders.sql", "V5__note.sql",
				"R__actionlog.sql");
	}

	@Test
	void canTakeTheDocumentedStepsLater() {
		migrationsAfterStart();
		assertThat(migrationsAfterStart(DOCUMENTED)).contains("R__actionlog.sql");
	}

	private List<String> migrationsAfterStart(String... settings) {
		String[] arguments = Stream.concat(Stream.of("--spring.datasource.url=" + this.url), Arrays.stream(settings))
			.toArray(String[]::new);
		try (ConfigurableApplicationContext context = SpringApplication.run(FlywayApplication.class, arguments)) {
			ActionService actions = context.getBean(ActionService.class);
			actions.keepNewestFor("ann", 0);
			actions.recordFor("ann", "order.placed");
			assertThat(actions).ofUser("ann").containsExactly("order.placed");
			return Arrays.stream(context.getBean(Flyway.class).info().applied()).map(MigrationInfo::getScript).toList();
		}
	}

}

package com.example.postgresql;

import java.io.IOException;
import java.util.Map;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static dev.actionlog.test.ActionLogAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The tables are made outside of the application, which only validates them.
 */
@ExtendWith(OutputCaptureExtension.class)
class PostgresqlApplicationTests {

	private EmbeddedPostgres server;

	@BeforeEach
	void start() throws IOException {
		this.server = EmbeddedPostgres.start();
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void worksWhereTheScriptWasApplied() {
		new ResourceDatabasePopulator(new ClassPathResource("dev/actionlog/database/postgresql/R__actionlog.sql"))
			.execute(this.server.getPostgresDatabase());
		try (ConfigurableApplicationContext context = run()) {
			ActionService actions = context.getBean(ActionService.class);
			actions.recordFor("ann", "photo.added", "Cat");
			assertThat(actions).ofUser("ann").containsExactly("photo.added");
			FlashSender sender = context.getBean(FlashSender.class);
			sender.send("ann", FlashLevel.INFO, "photo.added", "Cat");
			assertThat(sender).ofUser("ann").containsExactly("photo.added");
		}
	}

	@Test
	void validationOfItsOwnEntitiesStartsWithoutTheTablesOfTheLibrary(CapturedOutput output) {
		run("--spring.jpa.hibernate.ddl-auto=validate").close();
		assertThat(output).contains("A table of actionlog is missing");
	}

	@Test
	void failedValidationSaysWhichFileToApply(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> run("--spring.jpa.hibernate.ddl-auto=none", "--actionlog.database.validate=true"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsIgnoringCase("apply R__actionlog.sql in classpath:dev/actionlog/database/{vendor}");
	}

	private ConfigurableApplicationContext run(String... arguments) {
		SpringApplication application = new SpringApplication(PostgresqlApplication.class);
		application.setDefaultProperties(Map.of("spring.datasource.url", this.server.getJdbcUrl("postgres", "postgres"),
				"spring.datasource.username", "postgres"));
		return application.run(arguments);
	}

}

package dev.actionlog.database;

import java.sql.SQLException;

import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseFailureAnalyzer}.
 */
class DatabaseFailureAnalyzerTests {

	private final DatabaseFailureAnalyzer analyzer = new DatabaseFailureAnalyzer();

	@Test
	void isRegistered() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (type, name, ex) -> {
			// some of Spring Boot's own need a bean factory
		})).hasAtLeastOneElementOfType(DatabaseFailureAnalyzer.class);
	}

	@Test
	void saysThatTheFileIsInUse() {
		SQLException inUse = new SQLException("Database may be already in use", "90020", 90020);
		assertThat(this.analyzer.analyze(new BeanCreationException("factory", inUse))).satisfies((analysis) -> {
			assertThat(analysis.getDescription()).isEqualTo("The H2 database file is in use by another process.");
			assertThat(analysis.getAction()).contains("spring.datasource.url");
			assertThat(analysis.getCause()).isSameAs(inUse);
		});
	}

	@Test
	void saysWhichDatabaseIsUnusable() {
		assertThat(this.analyzer.analyze(UnusableDatabaseException.unknownProduct("HSQL Database Engine")))
			.satisfies((analysis) -> {
				assertThat(analysis.getDescription()).isEqualTo(
						"actionlog works with H2, PostgreSQL, MariaDB and MySQL, and this database is HSQL Database Engine.");
				assertThat(analysis.getAction()).contains("Give the application one of them");
			});
	}

	@Test
	void saysWhichTableIsMissing() {
		assertThat(this.analyzer
			.analyze(UnusableDatabaseException.missingTable(new SQLException("Table \"ACTIONLOG_PROFILE\" not found"))))
			.satisfies(this::namesTheScript);
	}

	@Test
	void saysWhichTableValidationMissed() {
		assertThat(this.analyzer.analyze(new BeanCreationException("factory",
				new SchemaManagementException("Schema validation: missing table [actionlog_profile]"))))
			.satisfies(this::namesTheScript);
	}

	private void namesTheScript(FailureAnalysis analysis) {
		assertThat(analysis.getDescription()).containsIgnoringCase("actionlog_profile");
		assertThat(analysis.getAction()).contains("R__actionlog.sql", "spring.flyway.locations",
				"actionlog.database.initialize=always");
	}

	@Test
	void leavesOtherFailuresToOthers() {
		assertThat(this.analyzer.analyze(new SQLException("Wrong password", "28000", 28000))).isNull();
		assertThat(
				this.analyzer.analyze(new SchemaManagementException("Schema validation: missing table [user_profile]")))
			.isNull();
	}

}

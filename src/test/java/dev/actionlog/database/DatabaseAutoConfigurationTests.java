package dev.actionlog.database;

import java.nio.file.Path;
import java.sql.SQLException;

import javax.sql.DataSource;

import dev.actionlog.profile.ProfileAutoConfiguration;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseAutoConfiguration}.
 */
class DatabaseAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
				TransactionAutoConfiguration.class, DatabaseAutoConfiguration.class, ProfileAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "spring.jpa.hibernate.ddl-auto=none");

	@Test
	void makesTablesInMemoryByDefault() {
		this.runner.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isEqualTo(3));
	}

	@Test
	void makesTablesInFileByDefault(@TempDir Path folder) {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:h2:file:" + folder.resolve("db"))
			.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isEqualTo(3));
	}

	@Test
	void makesTablesBeforeTheMappingIsValidated() {
		this.runner.withPropertyValues("spring.jpa.hibernate.ddl-auto=validate")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void makesNoTablesOnServerByDefault() throws SQLException {
		Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
		try {
			ApplicationContextRunner remote = this.runner.withPropertyValues("spring.datasource.username=sa",
					"spring.datasource.url=jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:remote");
			remote.run((context) -> assertThat(context).getFailure().isInstanceOf(MissingTableException.class));
			remote.withPropertyValues("actionlog.database.initialize=always")
				.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isEqualTo(3));
		}
		finally {
			server.stop();
		}
	}

	@Test
	void makesNoTablesWhereToldSo() {
		this.runner.withPropertyValues("actionlog.database.initialize=never").run((context) -> {
			assertThat(context).getFailure().isInstanceOf(MissingTableException.class);
			assertThat(context).getFailure().hasMessageContaining("R__actionlog.sql");
		});
	}

	@Test
	void bindsEveryMode() {
		for (DatabaseInitializationMode mode : DatabaseInitializationMode.values()) {
			this.runner
				.withPropertyValues("actionlog.database.initialize=" + mode, "spring.jpa.hibernate.ddl-auto=create")
				.run((context) -> assertThat(context.getBean(DatabaseProperties.class).initialize()).isEqualTo(mode));
		}
	}

	@Test
	void standsBackWithoutDataSource() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DatabaseAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DatabaseInitializer.class));
	}

	private static int tables(DataSource dataSource) {
		return JdbcClient.create(dataSource)
			.sql("select count(*) from information_schema.tables where lower(table_name) like 'actionlog%'")
			.query(Integer.class)
			.single();
	}

}

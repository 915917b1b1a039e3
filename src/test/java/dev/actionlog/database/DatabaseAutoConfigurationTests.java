package dev.actionlog.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

import javax.sql.DataSource;

import dev.actionlog.action.ActionAutoConfiguration;
import dev.actionlog.action.ActionService;
import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.text.TextAutoConfiguration;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
		this.runner.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isEqualTo(6));
	}

	@Test
	void makesTablesInFileByDefault(@TempDir Path folder) {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:h2:file:" + folder.resolve("db"))
			.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isEqualTo(6));
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
			remote.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isZero());
			remote.withPropertyValues("actionlog.database.initialize=always")
				.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isEqualTo(6));
		}
		finally {
			server.stop();
		}
	}

	@Test
	void makesNoTablesWhereToldSo() {
		this.runner.withPropertyValues("actionlog.database.initialize=never")
			.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isZero());
	}

	@Test
	void failsTheStartWithoutTablesWhereThatIsWanted() {
		this.runner.withPropertyValues("actionlog.database.initialize=never", "actionlog.database.validate=true")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(UnusableDatabaseException.class)
				.hasMessageContaining("R__actionlog.sql"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void otherDatabaseIsWarningAtStartAndFailsTheFirstUse(CapturedOutput output) {
		// other tests of this process may have switched it off
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel("dev.actionlog.database", LogLevel.WARN);
		String sentence = "actionlog works with H2, PostgreSQL, MariaDB and MySQL, and this database is HSQL Database Engine";
		ApplicationContextRunner other = this.runner.withBean(OtherDatabase.class)
			.withConfiguration(AutoConfigurations.of(ActionAutoConfiguration.class, TextAutoConfiguration.class))
			.withPropertyValues("spring.jpa.database-platform=org.hibernate.dialect.H2Dialect",
					"actionlog.database.initialize=always");
		other.run((context) -> {
			assertThat(output).containsOnlyOnce(sentence);
			assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(ActionService.class).recordFor("ann", "x"))
				.withMessageStartingWith(sentence);
			assertThat(tables(context.getBean(DataSource.class))).isZero();
		});
		other.withPropertyValues("actionlog.database.validate=true")
			.run((context) -> assertThat(context).getFailure().hasMessageStartingWith(sentence));
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
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ScriptInitializer.class));
	}

	private static int tables(DataSource dataSource) {
		return JdbcClient.create(dataSource)
			.sql("select count(*) from information_schema.tables where lower(table_name) like 'actionlog%'")
			.query(Integer.class)
			.single();
	}

	/**
	 * Makes the database say that it is another one.
	 */
	static class OtherDatabase implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof DataSource dataSource) ? answering(DataSource.class, dataSource) : bean;
		}

		private static <T> T answering(Class<T> type, T target) {
			return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, args) -> answer(method, target, args)));
		}

		private static @Nullable Object answer(Method method, Object target, Object[] args) throws Throwable {
			if (method.getName().equals("getDatabaseProductName")) {
				return "HSQL Database Engine";
			}
			try {
				Object result = method.invoke(target, args);
				if (result instanceof Connection connection) {
					return answering(Connection.class, connection);
				}
				return (result instanceof DatabaseMetaData metaData) ? answering(DatabaseMetaData.class, metaData)
						: result;
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}

	}

}

package dev.actionlog.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/**
 * An application without a web layer that has the library on its class path and one
 * database: a node. Several applications can share a database.
 */
public final class TestApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private TestApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Settings that keep sessions in the database, with Spring Session JDBC. Without them
	 * they are in the memory of the server.
	 */
	public static final List<String> SESSIONS_IN_DATABASE = List.of("spring.autoconfigure.exclude=",
			"spring.session.jdbc.initialize-schema=always");

	private static final String SESSIONS = "org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration";

	private static final Class<?>[] DATABASE_AND_LIBRARY = AutoConfigurations.getClasses(AutoConfigurations.of(Stream
		.concat(Stream.of(DataSourceAutoConfiguration.class, DataSourceInitializationAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class, TransactionAutoConfiguration.class), library())
		.toArray(Class<?>[]::new)));

	/**
	 * Starts an application that has a database and the library, and nothing else of what
	 * is on the class path: it starts in half the time.
	 * @param database the settings of its database
	 * @param settings further settings, each {@code name=value}
	 * @return the started application
	 */
	public static TestApplication start(Map<String, Object> database, String... settings) {
		return start(database, (application) -> application.sources(DATABASE_AND_LIBRARY)
			.properties(EnableAutoConfiguration.ENABLED_OVERRIDE_PROPERTY + "=false"), settings);
	}

	/**
	 * Starts an application that has all that is on the class path.
	 * @param database the settings of its database
	 * @param customizer changes the application before it starts
	 * @param settings further settings, each {@code name=value}
	 * @return the started application
	 */
	public static TestApplication start(Map<String, Object> database, Consumer<SpringApplicationBuilder> customizer,
			String... settings) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Configuration.class, SqlLog.class)
			.web(WebApplicationType.NONE)
			.properties(database)
			.properties("spring.config.location=optional:classpath:/none/", "spring.main.banner-mode=off",
					"logging.level.root=warn", "spring.flyway.enabled=false", "spring.jpa.hibernate.ddl-auto=validate",
					// most tests need one connection, and a new one is a process of
					// PostgreSQL
					"spring.datasource.hikari.maximum-pool-size=20", "spring.datasource.hikari.minimum-idle=1",
					"actionlog.database.initialize=always", "spring.autoconfigure.exclude=" + SESSIONS)
			.properties(settings);
		customizer.accept(application);
		return new TestApplication(
				application.run(Arrays.stream(settings).map((setting) -> "--" + setting).toArray(String[]::new)));
	}

	private static Stream<Class<?>> library() {
		return ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("dev.actionlog."))
			.map((name) -> ClassUtils.resolveClassName(name, null));
	}

	/**
	 * A bean of the application.
	 * @param type its type
	 * @param <T> its type
	 * @return the bean
	 */
	public <T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Plain SQL on the application's database.
	 * @return the client
	 */
	public JdbcClient jdbc() {
		return JdbcClient.create(get(DataSource.class));
	}

	/**
	 * Transactions of the application.
	 * @return the template
	 */
	public TransactionTemplate transaction() {
		return new TransactionTemplate(get(PlatformTransactionManager.class));
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Configuration {

	}

}

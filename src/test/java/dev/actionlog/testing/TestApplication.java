package dev.actionlog.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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

	/**
	 * Starts an application.
	 * @param database the settings of its database
	 * @param settings further settings, each {@code name=value}
	 * @return the started application
	 */
	public static TestApplication start(Map<String, Object> database, String... settings) {
		return start(database, (application) -> {
		}, settings);
	}

	/**
	 * Starts an application.
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
					"spring.datasource.hikari.maximum-pool-size=20", "actionlog.database.initialize=always",
					"spring.autoconfigure.exclude=" + SESSIONS)
			.properties(settings);
		customizer.accept(application);
		return new TestApplication(
				application.run(Arrays.stream(settings).map((setting) -> "--" + setting).toArray(String[]::new)));
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

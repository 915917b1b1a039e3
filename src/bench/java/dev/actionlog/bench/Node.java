package dev.actionlog.bench;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

import javax.sql.DataSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An application of the library in this JVM, and the users of its database.
 */
final class Node implements AutoCloseable {

	/** The connections of a pool: enough for 16 threads, and some to spare. */
	static final int POOL_SIZE = 20;

	private static final String LIVE = "actionlog.live.enabled=true";

	private final ConfigurableApplicationContext context;

	private final int users;

	private Node(ConfigurableApplicationContext context, int users) {
		this.context = context;
		this.users = users;
	}

	/**
	 * Starts an application without a web server, and makes the data anew: what one
	 * comparison writes is not the next one's burden.
	 */
	static Node start(String url, int users) {
		return new Node(run(url, WebApplicationType.NONE), users).filled();
	}

	/**
	 * Starts an application without a web server on a database that is filled already.
	 */
	static Node startFilled(String url) {
		ConfigurableApplicationContext context = run(url, WebApplicationType.NONE);
		int users = JdbcClient.create(context.getBean(DataSource.class))
			.sql("select count(*) from actionlog_profile")
			.query(Integer.class)
			.single();
		return new Node(context, users);
	}

	/**
	 * Starts an application with a web server on any free port, and makes the data anew.
	 * @param site its pages
	 */
	static Node startWeb(String url, Class<?> site) {
		return new Node(run(url, WebApplicationType.SERVLET, site), Data.USERS).filled();
	}

	/**
	 * Starts an application with a web server on any free port and with live delivery,
	 * and makes the data anew.
	 * @param site its pages
	 */
	static Node startLive(String url, Class<?> site) {
		return new Node(run(url, WebApplicationType.SERVLET, LIVE, site), Data.USERS).filled();
	}

	private Node filled() {
		Data.fill(jdbc(), this.users);
		return this;
	}

	private static ConfigurableApplicationContext run(String url, WebApplicationType type, Class<?>... more) {
		return run(url, type, "actionlog.live.enabled=false", more);
	}

	private static ConfigurableApplicationContext run(String url, WebApplicationType type, String setting,
			Class<?>... more) {
		Class<?>[] sources = Arrays.copyOf(more, more.length + 1);
		sources[more.length] = Configuration.class;
		return new SpringApplicationBuilder(sources).web(type)
			.properties("spring.config.location=optional:classpath:/none/", "spring.main.banner-mode=off",
					"logging.level.root=warn", "spring.flyway.enabled=false", "spring.messages.basename=bench/messages",
					"spring.jpa.open-in-view=false", "server.port=0", "server.address=127.0.0.1",
					"server.tomcat.max-connections=12000", "server.servlet.session.tracking-modes=cookie",
					// by default Tomcat ends a connection after 100 requests
					"server.tomcat.max-keep-alive-requests=-1",
					// the tests' class path has web jars, for which Spring Boot would
					// look up each link of a page
					"spring.web.resources.chain.enabled=false", "actionlog.database.initialize=always",
					"spring.datasource.hikari.maximum-pool-size=" + POOL_SIZE, "spring.datasource.url=" + url, setting)
			.run();
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	DataSource dataSource() {
		return get(DataSource.class);
	}

	JdbcClient jdbc() {
		return JdbcClient.create(dataSource());
	}

	int port() {
		return Integer.parseInt(this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	String anyUser() {
		return Data.user(ThreadLocalRandom.current().nextInt(1, this.users + 1));
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * An application with the database, the library and what else is on the class path.
	 * The tests' class path has the Actuator, which would time and count each request,
	 * statement and connection, and Spring Session, which would read each session from
	 * the database.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration(excludeName = {
			"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
			"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
			"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
			"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
			"org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration" })
	static class Configuration {

	}

}

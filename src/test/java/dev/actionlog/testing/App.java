package dev.actionlog.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.actionlog.app.ActionLogApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The web application on a real server, started once a database for all tests of this
 * process. Tests do not disturb each other, because each signs up users of its own.
 */
public final class App {

	/** The password of the users who are signed up here. */
	public static final String PASSWORD = "correct horse battery";

	private static final Map<Database, App> running = new EnumMap<>(Database.class);

	private static final AtomicInteger names = new AtomicInteger();

	/** The setting that names administrators, of whom none has an account yet. */
	public static final String ADMINS = "--app.admins="
			+ IntStream.rangeClosed(1, 400).mapToObj((number) -> "boss" + number).collect(Collectors.joining(","));

	private static final AtomicInteger admins = new AtomicInteger();

	private final ConfigurableApplicationContext context;

	private App(Database database) {
		List<String> settings = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.banner-mode=off", "--logging.level.root=off", "--throttle.network-attempts=100000",
				ADMINS, QuickPasswords.SETTING));
		database.create().forEach((name, value) -> settings.add("--" + name + "=" + value));
		settings.add("--app.passkeys.allowed-origins=" + Authenticator.ORIGIN);
		// this machine is also a proxy, and a test says itself when it has waited enough
		settings.add("--server.tomcat.remoteip.internal-proxies=127.0.0.1/32");
		settings.add("--server.tomcat.connection-timeout=5m");
		// a short lock timeout, for the tests that run into it
		settings.add("--spring.datasource.hikari.connection-init-sql="
				+ ((database == Database.H2) ? "set lock_timeout 1000" : "set lock_timeout = '1s'"));
		this.context = new SpringApplicationBuilder(ActionLogApplication.class, SqlLog.class, QuickPasswords.class,
				Clocks.class)
			.run(settings.toArray(String[]::new));
	}

	/**
	 * The application on a database, or skips the test that asks for it: its forms are
	 * tested on H2 where not everything is tested.
	 * @param database the kind of database
	 * @return the running application
	 */
	public static synchronized App on(Database database) {
		Extent.assumeAllOr(database == Database.H2);
		return running.computeIfAbsent(database, App::new);
	}

	/**
	 * A user name that is not taken.
	 * @return the name
	 */
	public static String newName() {
		return "ann" + names.incrementAndGet();
	}

	/**
	 * A browser without cookies.
	 * @return the browser
	 */
	public Browser browser() {
		return new Browser(port());
	}

	/**
	 * Where the application listens.
	 * @return the port
	 */
	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/**
	 * The endpoints of the application.
	 * @return all that its controllers and Spring Security have
	 */
	public List<Endpoint> endpoints() {
		return Endpoint.of(this.context);
	}

	/**
	 * The browser of a user who has just signed up.
	 * @param username the name to take
	 * @return the browser
	 */
	public Browser signUp(String username) {
		Browser browser = browser();
		require(browser.post("/sign-up", "username", username, "password", PASSWORD), "/recovery-code");
		return browser;
	}

	/**
	 * Another browser of the same user, signed in.
	 * @param username the user's name
	 * @return the browser
	 */
	public Browser signIn(String username) {
		Browser browser = browser();
		require(browser.post("/login", "username", username, "password", PASSWORD), "/profile");
		return browser;
	}

	/**
	 * The browser of an administrator, signed in.
	 * @return the browser
	 */
	public Browser admin() {
		return signIn(newAdmin());
	}

	/**
	 * Gives an administrator an account.
	 * @return the name
	 */
	public String newAdmin() {
		return newAdmin(this.context);
	}

	/**
	 * Gives an administrator an account, with {@link #PASSWORD}, because nobody can sign
	 * up with such a name.
	 * @param context an application with the setting {@link #ADMINS}
	 * @return the name
	 */
	public static String newAdmin(ApplicationContext context) {
		String name = "boss" + admins.incrementAndGet();
		JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
		jdbc.sql("insert into users (username, password, enabled) values (?, ?, true)")
			.params(name, context.getBean(PasswordEncoder.class).encode(PASSWORD))
			.update();
		jdbc.sql("insert into authorities (username, authority) values (?, 'ROLE_USER')").param(name).update();
		jdbc.sql("""
				insert into account (username, display_name, language, time_zone, session_key)
				values (?, ?, 'en', 'UTC', 'a key')
				""").params(name, name).update();
		return name;
	}

	/**
	 * The clock of the application, which a test that sets it also resets.
	 * @return the clock
	 */
	public SetClock clock() {
		return bean(SetClock.class);
	}

	private static void require(Answer answer, String location) {
		if (answer.status() != 303 || !answer.location().equals(location)) {
			throw new IllegalStateException(answer.toString());
		}
	}

	/**
	 * The message codes of a user's actions, read from the database.
	 * @param username the user's name
	 * @return the codes, the newest first
	 */
	public List<String> log(String username) {
		return jdbc().sql("""
				select message from actionlog_action where username = ? order by number desc
				""").param(username).query((row, number) -> row.getString(1)).list();
	}

	/**
	 * The types of a user's security events, read from the database.
	 * @param username the user's name
	 * @return the types, the newest first
	 */
	public List<String> events(String username) {
		return jdbc().sql("select type from security_event where username = ? order by id desc")
			.param(username)
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * A bean of the application.
	 * @param type its type
	 * @param <T> its type
	 * @return the bean
	 */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Plain SQL on the application's database.
	 * @return the client
	 */
	public JdbcClient jdbc() {
		return JdbcClient.create(this.context.getBean(DataSource.class));
	}

	/**
	 * The statements that reach the driver.
	 * @return the log of the application's statements
	 */
	public SqlLog sql() {
		return this.context.getBean(SqlLog.class);
	}

	/**
	 * A transaction of its own, which is rolled back when the connection is closed.
	 * @return the connection
	 * @throws SQLException if the pool has none
	 */
	public Connection connect() throws SQLException {
		// closing returns the connection to the pool, which rolls back
		Connection connection = this.context.getBean(DataSource.class).getConnection();
		connection.setAutoCommit(false);
		return connection;
	}

	/**
	 * Locks a user's profile until the connection is closed.
	 * @param username the user's name
	 * @return the connection that holds the lock
	 * @throws SQLException if there is no such lock to have
	 */
	public Connection lockProfile(String username) throws SQLException {
		Connection connection = connect();
		try (var statement = connection
			.prepareStatement("select keep from actionlog_profile where username = ? for update")) {
			statement.setString(1, username);
			statement.executeQuery().next();
		}
		return connection;
	}

	@Configuration(proxyBeanMethods = false)
	static class Clocks {

		@Bean
		SetClock clock() {
			return new SetClock(InstantSource.system());
		}

	}

}

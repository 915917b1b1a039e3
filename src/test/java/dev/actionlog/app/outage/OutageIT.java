package dev.actionlog.app.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.actionlog.app.ActionLogApplication;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Cable;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.QuickPasswords;
import dev.actionlog.testing.ServerLog;
import dev.actionlog.testing.Together;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application, with the settings that it has for PostgreSQL, while its
 * database is away.
 */
@Timeout(120) // far more than the limits, which are seconds, and less than for ever
class OutageIT {

	private static final String UNAVAILABLE = "Try again in a moment";

	private static ConfigurableApplicationContext application;

	private static Cable cable;

	/** Not through the cable. */
	private static JdbcClient database;

	private final String name = App.newName();

	private final Browser user = new Browser(port());

	@BeforeAll
	static void start() throws Exception {
		Map<String, Object> settings = Database.POSTGRESQL.create();
		String url = String.valueOf(settings.get("spring.datasource.url"));
		database = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
		cable = new Cable(Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1")));
		application = new SpringApplicationBuilder(ActionLogApplication.class, QuickPasswords.class, Trap.class).run(
				"--spring.profiles.active=postgresql", "--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.banner-mode=off", "--logging.level.root=off", QuickPasswords.SETTING,
				"--throttle.network-attempts=100000", "--spring.datasource.username=postgres",
				"--spring.datasource.password=",
				"--spring.datasource.url=" + url.replaceFirst(":\\d+/", ":" + cable.port() + "/"));
	}

	@AfterAll
	static void stop() throws Exception {
		application.close();
		cable.close();
	}

	@BeforeEach
	void signUp() {
		assertThat(this.user.post("/sign-up", "username", this.name, "password", App.PASSWORD).status()).isEqualTo(303);
		this.user.get("/profile");
	}

	@AfterEach
	void mend() throws Exception {
		cable.mend();
		Together.eventually(() -> this.user.get("/profile").status() == 200);
		Together.eventually(() -> !outage().isWatched());
	}

	private static int port() {
		return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static Outage outage() throws SQLException {
		return application.getBean(DataSource.class).unwrap(WatchedPool.class).outage();
	}

	@Test
	void aDatabaseThatIsGoneWithoutAWordIsAPageWithinSeconds() throws Exception {
		try (ServerLog log = new ServerLog()) {
			cable.swallow();
			assertIsUnavailable(this.user.get("/profile"));
			assertIsUnavailable(this.user.post("/profile/name", "name", "Ann"));
			Together.eventually(() -> outage().isLasting());
			assertIsUnavailable(this.user.get("/settings"));
			Browser balancer = new Browser(port());
			assertThat(balancer.get("/actuator/health/liveness").status()).isEqualTo(200);
			assertThat(balancer.get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(balancer.get("/actuator/health/readiness").text()).contains("DOWN");
			cable.mend();
			Together.eventually(() -> this.user.get("/profile").status() == 200);
			assertThat(this.user.post("/profile/name", "name", "Ann").status()).isEqualTo(303);
			Together.eventually(() -> !outage().isWatched());
			assertThat(balancer.get("/actuator/health/readiness").status()).isEqualTo(200);
			assertIsOneLine(log);
		}
	}

	@Test
	void aDatabaseThatIsStoppedIsAPageWithinSeconds() throws Exception {
		try (ServerLog log = new ServerLog()) {
			cable.cut();
			assertIsUnavailable(this.user.get("/profile"));
			assertIsUnavailable(this.user.post("/profile/name", "name", "Ann"));
			assertIsUnavailable(new Browser(port()).post("/login", "username", this.name, "password", App.PASSWORD));
			Together.eventually(() -> outage().isLasting());
			// that many could not wait for connections in time
			Together.run(40, (thread) -> assertIsUnavailable(this.user.get("/profile")));
			cable.mend();
			Together.eventually(() -> this.user.get("/profile").status() == 200);
			Together.eventually(() -> !outage().isWatched());
			assertIsOneLine(log);
		}
	}

	private static void assertIsUnavailable(Answer answer) {
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.header("Retry-After")).isEqualTo("5");
		assertThat(answer.title()).isEqualTo(UNAVAILABLE);
		assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
	}

	private static void assertIsOneLine(ServerLog log) {
		assertThat(log.entries()).noneMatch((entry) -> entry.contains("\n"))
			.filteredOn((entry) -> entry.startsWith("The database cannot be reached: "))
			.hasSize(1);
	}

	/**
	 * Again and again, for longer than requests would wait for a database that is away.
	 */
	@Test
	void lostConnectionsAreNotSeen() throws Exception {
		try (ServerLog log = new ServerLog()) {
			for (int i = 0; i < 10; i++) {
				endAllConnections();
				long begin = System.nanoTime();
				int status = this.user.get("/profile").status();
				// who has waited for longer, on a busy machine, is not tried again
				if (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(1)) {
					assertThat(status).isEqualTo(200);
				}
				endAllConnections();
				String name = "Ann " + i;
				// a change is not tried again by itself, because it may have been made
				Together.eventually(() -> this.user.post("/profile/name", "name", name).status() == 303);
			}
			assertThat(log.entries()).noneMatch((entry) -> entry.contains("\n"));
		}
	}

	/**
	 * Ends connections that were used just now, so that the pool does not look at them
	 * first.
	 */
	private void endAllConnections() throws Exception {
		HikariPoolMXBean pool = application.getBean(DataSource.class).unwrap(WatchedPool.class).getHikariPoolMXBean();
		Together.eventually(() -> pool.getIdleConnections() >= 9);
		Together.run(10, (thread) -> this.user.get("/profile"));
		cable.endConnections();
	}

	@Test
	void aShortOutageIsNotSeenByReaders() throws Exception {
		AtomicBoolean done = new AtomicBoolean();
		List<Answer> failures = new CopyOnWriteArrayList<>();
		Together.run(5, (thread) -> {
			if (thread == 0) {
				for (int i = 0; i < 3; i++) {
					cable.cut();
					TimeUnit.MILLISECONDS.sleep(1000);
					cable.mend();
					Together.eventually(() -> !outage().isWatched());
				}
				done.set(true);
			}
			else {
				while (!done.get()) {
					Answer answer = this.user.get((thread < 3) ? "/profile" : "/settings");
					if (answer.status() != 200) {
						failures.add(answer);
					}
				}
			}
		});
		assertThat(failures).isEmpty();
	}

	@Test
	void whatAPageHasShownIsMarkedAsShownWhenTheDatabaseIsBack() throws Exception {
		application.getBean(FlashSender.class).send(this.name, FlashLevel.INFO, "hello");
		try (ServerLog log = new ServerLog()) {
			application.getBean(Trap.class).set("with gone as");
			assertThat(this.user.get("/profile").messages()).containsExactly("hello");
			assertThat(count("actionlog_flash")).isOne();
			cable.mend();
			Together.eventually(() -> count("actionlog_flash") == 0);
			assertThat(count("actionlog_shown")).isPositive();
			assertThat(this.user.get("/profile").messages()).isEmpty();
			assertThat(log.entries()).noneMatch((entry) -> entry.contains("\n"));
		}
	}

	@Test
	void whatAFailedPageHeldWaitsAgainWhenTheDatabaseIsBack() throws Exception {
		application.getBean(FlashSender.class).send(this.name, FlashLevel.INFO, "hello");
		try (ServerLog log = new ServerLog()) {
			// the page claims the messages first, and fails at the list of actions
			application.getBean(Trap.class).set("with claimed as", "select");
			assertThat(this.user.get("/profile").status()).isEqualTo(503);
			cable.mend();
			Together.eventually(() -> this.user.get("/profile").messages().equals(List.of("hello")));
			assertThat(log.entries()).noneMatch((entry) -> entry.contains("\n"));
		}
	}

	private long count(String table) {
		return database.sql("select count(*) from " + table + " where username = ?")
			.param(this.name)
			.query(Long.class)
			.single();
	}

	@Test
	void aStandbyShowsTheLogAndSaysThatItTakesNoChanges() throws Exception {
		application.getBean(FlashSender.class).send(this.name, FlashLevel.INFO, "hello");
		assertThat(this.user.post("/profile/name", "name", "Ann of Lisbon").status()).isEqualTo(303);
		String current = database.sql("select current_database()").query(String.class).single();
		database.sql("alter database " + current + " set default_transaction_read_only = on").update();
		try (ServerLog log = new ServerLog()) {
			cable.endConnections();
			// as an hour ago, so that a page notes that the session is used
			write("update spring_session set last_access_time = last_access_time - 3600000");
			Answer page = this.user.get("/profile");
			assertThat(page.status()).isEqualTo(200);
			assertThat(page.actions()).first().isEqualTo("Name changed to Ann of Lisbon");
			assertIsReadOnly(this.user.post("/profile/name", "name", "Ann"));
			assertIsReadOnly(new Browser(port()).post("/login", "username", this.name, "password", App.PASSWORD));
			assertThat(log.entries()).noneMatch((entry) -> entry.contains("\n"));
		}
		finally {
			write("alter database " + current + " reset default_transaction_read_only");
			cable.endConnections();
		}
		assertThat(this.user.get("/profile").messages()).contains("hello");
		assertThat(this.user.post("/profile/name", "name", "Ann").status()).isEqualTo(303);
	}

	private static void write(String statement) {
		database.sql("begin read write; " + statement + "; commit").update();
	}

	private static void assertIsReadOnly(Answer answer) {
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.title()).isEqualTo("Only for reading right now");
	}

	/**
	 * Cuts the cable before a statement.
	 */
	static class Trap implements BeanPostProcessor {

		private volatile List<String> starts = List.of();

		/**
		 * Waits for statements, the last of which finds the cable cut.
		 * @param starts how they start, in their order
		 */
		void set(String... starts) {
			this.starts = List.of(starts);
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof DataSource dataSource) ? ProxyDataSourceBuilder.create(dataSource)
				.beforeQuery((execution, queries) -> step(queries.get(0).getQuery()))
				.build() : bean;
		}

		private synchronized void step(@Nullable String statement) {
			if (!this.starts.isEmpty() && statement != null && statement.startsWith(this.starts.get(0))) {
				this.starts = this.starts.subList(1, this.starts.size());
				if (this.starts.isEmpty()) {
					try {
						cable.cut();
					}
					catch (IOException ex) {
						throw new UncheckedIOException(ex);
					}
				}
			}
		}

	}

}

package dev.actionlog.flash;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.actionlog.action.ActionService;
import dev.actionlog.database.Database;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for connections that the server has ended: what can be done twice is tried again,
 * and nothing else.
 */
class LostConnectionTests {

	/** Connections that were used within so long are not looked at first. */
	private static final String TRUSTED_MILLIS = "com.zaxxer.hikari.aliveBypassWindowMs";

	private static TestApplication application;

	private static JdbcClient server;

	@BeforeAll
	static void start() {
		System.setProperty(TRUSTED_MILLIS, "60000");
		Map<String, Object> settings = dev.actionlog.testing.Database.POSTGRESQL.create();
		application = TestApplication.start(settings, "logging.level.root=off",
				"spring.datasource.hikari.minimum-idle=5", "spring.datasource.hikari.maximum-pool-size=5");
		server = JdbcClient
			.create(new DriverManagerDataSource(String.valueOf(settings.get("spring.datasource.url")), "postgres", ""));
	}

	@AfterAll
	static void stop() {
		application.close();
		System.clearProperty(TRUSTED_MILLIS);
	}

	@BeforeEach
	void begin() {
		server.sql("delete from actionlog_flash").update();
		send();
	}

	private static void send() {
		application.get(FlashSender.class).send("ann", FlashLevel.INFO, "hello");
	}

	/**
	 * Ends all connections of the pool.
	 */
	private static void endConnections() throws Exception {
		Together.run(5, (thread) -> application.transaction()
			.execute((status) -> application.jdbc().sql("select pg_sleep(0.1)").query((row, number) -> 1).list()));
		server
			.sql("select pg_terminate_backend(pid, 5000) from pg_stat_activity"
					+ " where pid <> pg_backend_pid() and datname = current_database()")
			.query((row, number) -> row.getBoolean(1))
			.list();
	}

	private static UserFlashStorage storage() {
		return new PostgresqlFlashStorage("ann", application.get(Database.class), application.get(ProfileRows.class),
				application.get(FlashPolicy.class));
	}

	@Test
	void readingIsTriedAgain() throws Exception {
		endConnections();
		assertThat(application.get(ActionService.class).recentFor("ann")).isEmpty();
		endConnections();
		assertThat(application.get(FlashSender.class).peek("ann")).isNotEmpty();
	}

	@Test
	void claimingAcknowledgingAndReleasingAreTriedAgain() throws Exception {
		endConnections();
		FlashClaim claim = storage().claim();
		assertThat(claim.messages()).isNotEmpty();
		endConnections();
		claim.release();
		assertThat(application.get(FlashSender.class).peek("ann")).hasSameSizeAs(claim.messages());
		claim = storage().claim();
		endConnections();
		claim.acknowledge((message) -> false);
		assertThat(server.sql("select count(*) from actionlog_flash").query(Long.class).single()).isZero();
	}

	@Test
	void claimThatSucceededUnheardIsNotConfirmedByTheNext() {
		AtomicBoolean heard = new AtomicBoolean();
		UserFlashStorage storage = new PostgresqlFlashStorage("ann", application.get(Database.class),
				application.get(ProfileRows.class), application.get(FlashPolicy.class)) {

			@Override
			protected FoundMessages claim(String token) {
				FoundMessages claimed = super.claim(token);
				if (!heard.getAndSet(true)) {
					send();
					throw new DataAccessResourceFailureException("for the test");
				}
				return claimed;
			}

		};
		long before = application.get(FlashSender.class).peek("ann").size();
		UserFlashClaim shown = storage.claim();
		assertThat(shown.messages()).hasSize(1);
		assertThat(storage.acknowledge(shown.token())).isEqualTo(1);
		assertThat(server.sql("select count(*) from actionlog_flash").query(Long.class).single()).isEqualTo(before);
	}

	@Test
	void writingIsNot() throws Exception {
		long before = application.get(FlashSender.class).peek("ann").size();
		endConnections();
		assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(LostConnectionTests::send);
		assertThat(application.get(FlashSender.class).peek("ann")).hasSize((int) before);
	}

	@Test
	void aTransactionOfTheCallerIsNot() {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> application.transaction().execute((status) -> {
				int own = application.jdbc().sql("select pg_backend_pid()").query(Integer.class).single();
				server.sql("select pg_terminate_backend(?, 5000)").param(own).query(Boolean.class).single();
				return storage().claim();
			}));
		assertThat(application.get(FlashSender.class).peek("ann")).isNotEmpty();
	}

}

package dev.actionlog.flash;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.actionlog.action.ActionService;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every operation of the library gets by with the one connection of a pool of
 * one, wherever it is called, and that what it wrote is there: with a pool that commits
 * by itself and with one that does not.
 */
@ParameterizedClass
@MethodSource("pools")
@NullUnmarked
class OneConnectionTests {

	private static TestApplication application;

	@Parameter
	Pool pool;

	private final ActionService actions = application.get(ActionService.class);

	private final ProfileService profiles = application.get(ProfileService.class);

	private final FlashSender sender = application.get(FlashSender.class);

	private final FlashMessages flash = application.get(FlashMessages.class);

	private final Visitor ann = new Visitor("ann");

	static Stream<Pool> pools() {
		return Stream.of(Database.values())
			.filter((database) -> database != Database.PARTITIONED_POSTGRESQL)
			.flatMap((database) -> Stream.of(new Pool(database, true), new Pool(database, false)));
	}

	@BeforeParameterizedClassInvocation
	static void start(Pool pool) {
		application = WebTestApplication.start(pool.database().create(), Clock.systemUTC(),
				"spring.datasource.hikari.maximum-pool-size=1",
				"spring.datasource.hikari.leak-detection-threshold=3000",
				"spring.datasource.hikari.auto-commit=" + pool.autoCommit());
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@BeforeEach
	void empty() {
		List.of("ann", "anna", "bob", "cleo").forEach(this.profiles::delete);
	}

	@Test
	void oneConnectionIsEnoughOutsideOfTransactions() {
		operations().forEach((name, operation) -> operation.run());
		assertThatAllIsThere();
	}

	@Test
	void oneConnectionIsEnoughInTransaction() {
		application.transaction()
			.executeWithoutResult((status) -> operations().forEach((name, operation) -> operation.run()));
		assertThatAllIsThere();
	}

	@Test
	void transactionThatIsRolledBackLeavesNothing() {
		application.transaction().executeWithoutResult((status) -> {
			operations().forEach((name, operation) -> operation.run());
			status.setRollbackOnly();
		});
		assertThat(this.actions.recentFor("bob")).isEmpty();
		assertThat(this.sender.peek("bob")).isEmpty();
	}

	@Test
	void oneConnectionIsEnoughAfterTheCommit() {
		application.transaction().executeWithoutResult((status) -> afterCommit(this::runAll));
		assertThatAllIsThere();
	}

	@Test
	void oneConnectionIsEnoughAfterTheCompletion() {
		application.transaction().executeWithoutResult((status) -> {
			application.get(EntityManager.class).createNativeQuery("select 1").getSingleResult();
			afterCompletion(this::runAll);
		});
		assertThatAllIsThere();
	}

	@Test
	void oneConnectionIsEnoughAfterTheRollback() {
		application.transaction().executeWithoutResult((status) -> {
			this.actions.recordFor("bob", "rolled back");
			afterCompletion(this::runAll);
			status.setRollbackOnly();
		});
		assertThatAllIsThere();
	}

	@Test
	void oneConnectionIsEnoughWhileSessionIsOpenInView() {
		inView(() -> {
			application.get(EntityManager.class).createNativeQuery("select 1").getSingleResult();
			runAll();
		});
		assertThatAllIsThere();
	}

	@Test
	void oneConnectionIsEnoughInTransactionWhileSessionIsOpenInView() {
		inView(() -> {
			application.transaction().executeWithoutResult((status) -> {
				runAll();
				empty();
			});
			runAll();
		});
		assertThatAllIsThere();
	}

	@Test
	void oneConnectionIsEnoughAfterTheCommitWhileSessionIsOpenInView() {
		inView(() -> application.transaction().executeWithoutResult((status) -> {
			this.actions.recordFor("ann", "before");
			afterCommit(this::runAll);
		}));
		assertThatAllIsThere();
	}

	@ParameterizedTest
	@ValueSource(ints = { TransactionDefinition.PROPAGATION_SUPPORTS, TransactionDefinition.PROPAGATION_NOT_SUPPORTED })
	void oneConnectionIsEnoughInScopeWithoutTransactionWhileSessionIsOpenInView(int propagation) {
		TransactionTemplate scope = application.transaction();
		scope.setPropagationBehavior(propagation);
		inView(() -> scope.executeWithoutResult((status) -> {
			this.actions.recentFor("ann");
			runAll();
		}));
		assertThatAllIsThere();
	}

	@Test
	void transactionOfAnotherDataSourceIsNotTheCallers() {
		DataSource other = new DriverManagerDataSource("jdbc:h2:mem:", "sa", "");
		new TransactionTemplate(new JdbcTransactionManager(other)).executeWithoutResult((status) -> {
			this.actions.recentFor("ann");
			runAll();
			status.setRollbackOnly();
		});
		assertThatAllIsThere();
	}

	/**
	 * What the session had is stored by itself, so it does not come back with the other
	 * transaction's rollback.
	 */
	@Test
	void rollbackOfAnotherDataSourceShowsNothingTwice() {
		Visitor visitor = new Visitor();
		visitor.post(() -> this.flash.info("before signing in"));
		visitor.signIn("ann");
		DataSource other = new DriverManagerDataSource("jdbc:h2:mem:", "sa", "");
		new TransactionTemplate(new JdbcTransactionManager(other)).executeWithoutResult((status) -> {
			this.actions.recentFor("ann");
			visitor.page(() -> assertThat(this.flash.peek()).hasSize(1));
			status.setRollbackOnly();
		});
		visitor.page(() -> assertThat(this.flash.list()).hasSize(1));
		visitor.page(() -> assertThat(this.flash.list()).isEmpty());
	}

	@Test
	void readOnlyScopeWithoutTransactionRefusesNothing() {
		TransactionTemplate scope = application.transaction();
		scope.setReadOnly(true);
		scope.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
		scope.executeWithoutResult((status) -> runAll());
		assertThatAllIsThere();
	}

	@Test
	void jdbcTransactionOfTheCallerIsJoined() {
		TransactionTemplate jdbc = new TransactionTemplate(
				new JdbcTransactionManager(application.get(DataSource.class)));
		jdbc.executeWithoutResult((status) -> {
			runAll();
			status.setRollbackOnly();
		});
		assertThat(this.actions.recentFor("bob")).isEmpty();
		assertThat(this.sender.peek("bob")).isEmpty();
		jdbc.executeWithoutResult((status) -> runAll());
		assertThatAllIsThere();
	}

	@Test
	void fortySendersAfterTheCommitAllArrive() throws Exception {
		Together.run(40, (thread) -> application.transaction().executeWithoutResult((status) -> {
			application.get(EntityManager.class).createNativeQuery("select 1").getSingleResult();
			afterCommit(() -> this.sender.send("bob", FlashLevel.INFO, "" + thread));
		}));
		assertThat(this.sender.peek("bob")).hasSize(40);
	}

	private void runAll() {
		operations().forEach((name, operation) -> operation.run());
	}

	/**
	 * All that the library does, in an order in which each has something to do.
	 */
	private Map<String, Runnable> operations() {
		Map<String, Runnable> operations = new LinkedHashMap<>();
		operations.put("first record", () -> this.actions.recordFor("ann", "1"));
		operations.put("record", () -> this.actions.recordFor("ann", "2"));
		operations.put("recent", () -> assertThat(this.actions.recentFor("ann")).isNotEmpty());
		operations.put("limit", () -> assertThat(this.actions.limitFor("ann")).isEqualTo(10));
		operations.put("setKeep", () -> this.actions.setKeep("ann", 3));
		operations.put("keepNewest", () -> this.actions.keepNewestFor("ann", 1));
		operations.put("send", () -> this.sender.send("ann", FlashLevel.INFO, "1"));
		operations.put("peek", () -> assertThat(this.sender.peek("ann")).hasSize(1));
		operations.put("add", () -> this.ann.post(() -> this.flash.info("2")));
		operations.put("show", () -> this.ann.page(() -> {
			assertThat(this.flash.size()).isEqualTo(2);
			assertThat(this.flash.list()).hasSize(2);
		}));
		operations.put("adopt", () -> {
			Visitor visitor = new Visitor();
			visitor.post(() -> this.flash.info("3"));
			visitor.signIn("ann");
			visitor.page(() -> assertThat(this.flash.peek()).hasSize(1));
		});
		operations.put("send to some",
				() -> this.sender.sendAll(List.of("ann", "cleo"), FlashDraft.of(FlashLevel.INFO, "4")));
		operations.put("announce", () -> {
			Announcements announcements = application.get(Announcements.class);
			Announcement later = announcements.publish(AnnouncementDraft.of(FlashLevel.INFO, "later")
				.from(Instant.now().plus(Duration.ofHours(1)))
				.to(List.of("ann")));
			announcements.change(later.id(), AnnouncementDraft.of(FlashLevel.INFO, "now").to(List.of("ann")));
			assertThat(announcements.find(later.id())).isPresent();
			this.ann.page(() -> assertThat(this.flash.list()).extracting((message) -> message.text().getMessage())
				.contains("now"));
			announcements.withdraw(later.id());
		});
		operations.put("clear", () -> this.ann.post(this.flash::clear));
		operations.put("purge", () -> this.sender.purgeExpired(10));
		operations.put("rename", () -> this.profiles.rename("ann", "anna"));
		operations.put("delete", () -> this.profiles.delete("anna"));
		operations.put("left for bob", () -> {
			this.actions.recordFor("bob", "last");
			this.sender.send("bob", FlashLevel.INFO, "last");
		});
		return operations;
	}

	private void assertThatAllIsThere() {
		assertThat(this.actions.recentFor("bob")).hasSize(1);
		assertThat(this.sender.peek("bob")).hasSize(1);
		assertThat(this.actions.recentFor("ann")).isEmpty();
		assertThat(this.sender.peek("ann")).isEmpty();
	}

	private static void afterCommit(Runnable work) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				work.run();
			}

		});
	}

	private static void afterCompletion(Runnable work) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				work.run();
			}

		});
	}

	/**
	 * Runs work as a request does for which a session is open in view.
	 */
	private static void inView(Runnable work) {
		EntityManagerFactory factory = application.get(EntityManagerFactory.class);
		try (EntityManager session = factory.createEntityManager()) {
			TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(session));
			try {
				work.run();
			}
			finally {
				TransactionSynchronizationManager.unbindResource(factory);
			}
		}
	}

	record Pool(Database database, boolean autoCommit) {
	}

}

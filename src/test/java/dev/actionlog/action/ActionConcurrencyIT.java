package dev.actionlog.action;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ActionService} with many threads and two nodes on one database, one of
 * which has a clock that is an hour late.
 */
@ParameterizedClass
@EnumSource(Database.class)
@NullUnmarked
class ActionConcurrencyIT {

	private static final int THREADS = 8;

	private static List<TestApplication> nodes;

	@Parameter
	Database database;

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		Map<String, Object> settings = database.create();
		Clock late = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
		nodes = List.of(TestApplication.start(settings), TestApplication.start(settings, (application) -> application
			.initializers((context) -> context.getBeanFactory().registerSingleton("clock", late))));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		nodes.forEach(TestApplication::close);
	}

	@Test
	void manyWritersLeaveExactlyTheNewestInOrder() throws Exception {
		List<String> written = Collections.synchronizedList(new ArrayList<>());
		Together.run(THREADS, (thread) -> {
			TransactionTemplate transaction = nodes.get(thread % 2).transaction();
			IntStream.range(0, 200).forEach((i) -> transaction.executeWithoutResult((status) -> {
				actions(thread % 2).recordFor("ann", thread + "." + i);
				// still under the profile's lock: the order of this list is the order of
				// writing
				written.add(thread + "." + i);
			}));
		});
		assertThat(written).hasSize(THREADS * 200);
		assertThat(newestFirst("ann")).isEqualTo(lastReversed(written, 10));
		assertThat(recent(0, "ann")).isEqualTo(lastReversed(written, 10));
	}

	@Test
	void writersOutsideTransactionLeaveExactlyTheNewest() throws Exception {
		Together.run(THREADS, (thread) -> IntStream.range(0, 50)
			.forEach((i) -> actions(thread % 2).recordFor("bob", thread + "." + i)));
		assertThat(newestFirst("bob")).hasSize(10).isEqualTo(recent(0, "bob")).isEqualTo(recent(1, "bob"));
	}

	@Test
	void twoNodesKeepTheOrderOfWriting() {
		IntStream.rangeClosed(1, 25).forEach((i) -> actions(i % 2).recordFor("cat", "" + i));
		assertThat(recent(0, "cat")).containsExactly("25", "24", "23", "22", "21", "20", "19", "18", "17", "16")
			.isEqualTo(recent(1, "cat"));
	}

	@Test
	void twoNodesLeaveExactlyTheNewestInOrderWhileTheNumberChanges() throws Exception {
		List<String> written = Collections.synchronizedList(new ArrayList<>());
		Together.run(4, (thread) -> IntStream.range(0, 50).forEach((i) -> {
			TestApplication node = nodes.get(thread % 2);
			if (thread == 0) {
				node.get(ActionService.class).setKeep("dan", 3 + i % 5);
			}
			node.transaction().executeWithoutResult((status) -> {
				node.get(ActionService.class).recordFor("dan", thread + "." + i);
				written.add(thread + "." + i);
			});
		}));
		nodes.get(1).get(ActionService.class).setKeep("dan", 2);
		assertThat(newestFirst("dan")).isEqualTo(lastReversed(written, 2));
	}

	@Test
	void simultaneousFirstUsesMakeOneProfile() throws Exception {
		for (int round = 0; round < 40; round++) {
			String username = "new" + round;
			Together.run(4, (thread) -> actions(thread % 2).recordFor(username, "" + thread));
			assertThat(newestFirst(username)).containsExactlyInAnyOrder("0", "1", "2", "3");
			assertThat(profiles(username)).isOne();
		}
	}

	@Test
	void newUsersWhoseNamesAreFreedFirstDoNotBlockEachOther() throws Exception {
		CyclicBarrier between = new CyclicBarrier(2);
		Together.run(2, (thread) -> {
			TestApplication node = nodes.get(thread);
			node.transaction().executeWithoutResult((status) -> {
				node.get(ProfileService.class).delete("free" + thread);
				actions(thread).keepNewestFor("free" + thread, 0);
				await(between);
				actions(thread).recordFor("free" + thread, "x");
			});
		});
		assertThat(newestFirst("free0")).containsExactly("x");
		assertThat(newestFirst("free1")).containsExactly("x");
	}

	@Test
	void usersWhoHaveMessagesButNoActionsDoNotBlockEachOther() throws Exception {
		for (int thread = 0; thread < 2; thread++) {
			nodes.get(0).get(FlashSender.class).send("told" + thread, FlashLevel.INFO, "welcome");
		}
		CyclicBarrier between = new CyclicBarrier(2);
		Together.run(2, (thread) -> nodes.get(thread).transaction().executeWithoutResult((status) -> {
			actions(thread).setKeep("told" + thread, 3);
			await(between);
			actions(thread).recordFor("told" + thread, "x");
		}));
		assertThat(newestFirst("told0")).containsExactly("x");
		assertThat(newestFirst("told1")).containsExactly("x");
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(60, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void simultaneousFirstUsesInTransactionsOfTheCallersMakeOneProfile() throws Exception {
		for (int round = 0; round < 40; round++) {
			String username = "newer" + round;
			Together.run(4, (thread) -> nodes.get(thread % 2).transaction().executeWithoutResult((status) -> {
				actions(thread % 2).recordFor(username, thread + " first");
				actions(thread % 2).recordFor(username, thread + " second");
			}));
			assertThat(newestFirst(username)).hasSize(8);
			assertThat(profiles(username)).isOne();
		}
	}

	@Test
	void firstUseAfterRolledBackFirstUseMakesProfile() throws Exception {
		for (int round = 0; round < 20; round++) {
			String username = "undone" + round;
			Together.run(2, (thread) -> nodes.get(thread).transaction().executeWithoutResult((status) -> {
				actions(thread).recordFor(username, "" + thread);
				if (thread == 0) {
					status.setRollbackOnly();
				}
			}));
			assertThat(newestFirst(username)).containsExactly("1");
			assertThat(profiles(username)).isOne();
		}
	}

	@Test
	void deletesWhileOthersWriteFailNobody() throws Exception {
		for (int round = 0; round < 20; round++) {
			String username = "gone" + round;
			actions(0).recordFor(username, "before");
			Together.run(4, (thread) -> {
				if (thread == 0) {
					nodes.get(0).get(ProfileService.class).delete(username);
				}
				else {
					actions(thread % 2).recordFor(username, "" + thread);
				}
			});
			assertThat(newestFirst(username)).isSubsetOf("1", "2", "3");
			assertThat(profiles(username)).isLessThanOrEqualTo(1);
		}
	}

	@Test
	void writersOfDifferentUsersDoNotWaitForEachOther() {
		actions(0).recordFor("eve", "before");
		actions(0).recordFor("fay", "before");
		nodes.get(0).transaction().executeWithoutResult((status) -> {
			actions(0).recordFor("eve", "x");
			actions(0).recordFor("first use", "x");
			impatiently(() -> actions(1).recordFor("fay", "x"));
			impatiently(() -> actions(1).recordFor("another first use", "x"));
			assertThatExceptionOfType(ConcurrencyFailureException.class)
				.isThrownBy(() -> impatiently(() -> actions(1).recordFor("eve", "x")));
		});
		assertThat(newestFirst("fay")).containsExactly("x", "before");
		assertThat(newestFirst("eve")).containsExactly("x", "before");
	}

	@Test
	void readersDoNotWaitForWriters() {
		actions(0).recordFor("gus", "before");
		nodes.get(0).transaction().executeWithoutResult((status) -> {
			actions(0).recordFor("gus", "x");
			impatiently(() -> assertThat(recent(1, "gus")).containsExactly("before"));
		});
	}

	/**
	 * Runs work on the second node, in a transaction that hardly waits for locks.
	 */
	private void impatiently(Runnable work) {
		TransactionTemplate transaction = nodes.get(1).transaction();
		transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		EntityManager entityManager = nodes.get(1).get(EntityManager.class);
		transaction.executeWithoutResult((status) -> {
			entityManager.createNativeQuery(lockTimeout(1)).executeUpdate();
			try {
				work.run();
			}
			finally {
				if (!this.database.isPostgresql()) {
					entityManager.createNativeQuery(lockTimeout(10)).executeUpdate();
				}
			}
		});
	}

	private String lockTimeout(int seconds) {
		return switch (this.database) {
			case H2 -> "set lock_timeout " + seconds * 1000;
			case POSTGRESQL, PARTITIONED_POSTGRESQL -> "set local lock_timeout = '" + seconds + "s'";
			case MARIADB -> "set innodb_lock_wait_timeout = " + seconds;
		};
	}

	private static ActionService actions(int node) {
		return nodes.get(node).get(ActionService.class);
	}

	private static List<String> recent(int node, String username) {
		return actions(node).recentFor(username).stream().map((action) -> action.getText().getMessage()).toList();
	}

	/**
	 * What is really there, which may be more than what is shown.
	 */
	private static List<String> newestFirst(String username) {
		return nodes.get(0).jdbc().sql("""
				select message from actionlog_action where username = ? order by number desc
				""").param(username).query(String.class).list();
	}

	private static int profiles(String username) {
		return nodes.get(0)
			.jdbc()
			.sql("select count(*) from actionlog_profile where username = ?")
			.param(username)
			.query(Integer.class)
			.single();
	}

	private static List<String> lastReversed(List<String> list, int count) {
		List<String> last = new ArrayList<>(list.subList(list.size() - count, list.size()));
		Collections.reverse(last);
		return last;
	}

}

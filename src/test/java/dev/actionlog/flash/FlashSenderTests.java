package dev.actionlog.flash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import dev.actionlog.profile.ProfileService;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.ServerLog;
import dev.actionlog.testing.SetClock;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.testing.Together;
import dev.actionlog.text.Text;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FlashSender} and for whom messages reach, on both databases and with
 * two nodes.
 */
@ParameterizedClass
@EnumSource(Database.class)
@NullUnmarked
class FlashSenderTests {

	private static final SetClock clock = StoppedClock.create();

	private static TestApplication application;

	private static TestApplication other;

	/** Keeps nothing to be read again. */
	private static TestApplication silent;

	@Parameter
	Database database;

	private final FlashSender sender = application.get(FlashSender.class);

	private final FlashMessages flash = application.get(FlashMessages.class);

	private final ProfileService profiles = application.get(ProfileService.class);

	private final SqlLog sql = application.get(SqlLog.class);

	private final Visitor ann = new Visitor("ann");

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		Map<String, Object> settings = database.create();
		application = WebTestApplication.start(settings, clock);
		other = WebTestApplication.start(settings, clock, "actionlog.flash.max-pending=3", "actionlog.flash.lease=1s",
				"actionlog.flash.min-level=warning");
		silent = WebTestApplication.start(settings, clock, "actionlog.flash.keep=0");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
		other.close();
		silent.close();
	}

	@BeforeEach
	void begin() {
		application.jdbc().sql("delete from actionlog_profile").update();
		this.sql.clear();
		clock.reset();
	}

	/**
	 * Anybody can send what is none, and PostgreSQL takes no NUL.
	 */
	@Test
	void whatIsNoTokenConfirmsNothing() {
		this.sender.send("ann", FlashLevel.INFO, "x");
		UserFlashStorage storage = (UserFlashStorage) WebTestApplication.storage(application, "ann");
		String token = storage.claim().token();
		for (String other : List.of("", "a\0b", "-".repeat(36), token + "\n", "x".repeat(100_000))) {
			assertThat(storage.acknowledge(other)).as(other).isZero();
		}
		assertThat(storage.acknowledge(token)).isOne();
	}

	@Test
	void reachesUserOnAnyNode() {
		send("1");
		assertThat(shown(other, this.ann)).containsExactly("1");
		assertThat(shown(this.ann)).isEmpty();
	}

	@Test
	void messagesOfTwoNodesAreShownInTheOrderOfAdding() {
		send("1");
		other.get(FlashSender.class).send("ann", FlashLevel.ERROR, "2");
		send("3");
		assertThat(shown(this.ann)).containsExactly("1", "2", "3");
	}

	@Test
	void sendsFromAnyThread() throws Exception {
		Together.run(4, (thread) -> send("" + thread));
		assertThat(shown(this.ann)).containsExactlyInAnyOrder("0", "1", "2", "3");
	}

	@Test
	void sendingMakesTheProfileThatItNeeds() {
		send("1");
		assertThat(application.jdbc().sql("select username from actionlog_profile").query(String.class).list())
			.containsExactly("ann");
	}

	@Test
	void messagesGoWithTheirProfile() {
		send("1");
		this.profiles.delete("ann");
		assertThat(stored()).isZero();
		send("2");
		assertThat(shown(this.ann)).containsExactly("2");
	}

	@Test
	void messagesFollowTheirUserToAnotherName() {
		send("1");
		this.profiles.rename("ann", "anna");
		assertThat(shown(this.ann)).isEmpty();
		assertThat(shown(new Visitor("anna"))).containsExactly("1");
	}

	@Test
	void thresholdHoldsForJobsToo() {
		assertThat(this.sender.send("ann", FlashLevel.DEBUG, "x")).isFalse();
		assertThat(other.get(FlashSender.class).send("ann", FlashLevel.SUCCESS, "x")).isFalse();
		assertThat(this.sql.statements()).isEmpty();
		assertThat(other.get(FlashSender.class).send("ann", FlashLevel.WARNING, "x")).isTrue();
	}

	@Test
	void rejectsCallersMistakesBeforeAnySql() {
		for (String name : List.of("", " ", "a\0b", "\ud83d", "a".repeat(256))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.sender.send(name, FlashLevel.INFO, "x"));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.sender.send("ann", FlashLevel.INFO, " "));
		assertThatIllegalArgumentException().isThrownBy(() -> this.sender.purgeExpired(0));
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void peekingShowsWhatWaitsForAnyUser() {
		send("1");
		assertThat(this.sender.peek("ann")).extracting((message) -> message.text().getMessage()).containsExactly("1");
		assertThat(this.sender.peek("bob")).isEmpty();
		assertThat(shown(this.ann)).containsExactly("1");
	}

	@Test
	void whatIsRolledBackIsNotDelivered() {
		application.transaction().executeWithoutResult((status) -> {
			send("1");
			this.ann.post(() -> this.flash.info("2"));
			status.setRollbackOnly();
		});
		assertThat(stored()).isZero();
		assertThat(shown(this.ann)).isEmpty();
	}

	@Test
	void whatIsSentAfterTheCommitIsStored() {
		application.transaction().executeWithoutResult((status) -> {
			send("1");
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					send("2");
				}

				@Override
				public void afterCompletion(int status) {
					// as in a @TransactionalEventListener
					send("3");
				}

			});
		});
		assertThat(shown(this.ann)).containsExactly("1", "2", "3");
	}

	@Test
	void refusesReadOnlyTransactionBeforeAnySql() {
		TransactionTemplate readOnly = application.transaction();
		readOnly.setReadOnly(true);
		List<Runnable> writes = List.of(() -> send("1"), () -> this.ann.post(() -> this.flash.info("1")),
				() -> this.ann.post(this.flash::clear), () -> this.sender.purgeExpired(1));
		assertThat(writes).allSatisfy((write) -> assertThatIllegalStateException()
			.isThrownBy(() -> readOnly.executeWithoutResult((status) -> write.run()))
			.withMessageContaining("read-only"));
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void consumingInReadOnlyTransactionIsRefusedAndTheMessagesWait() {
		Visitor visitor = visitorWith("2");
		visitor.signIn("ann");
		send("1");
		this.sql.clear();
		TransactionTemplate readOnly = application.transaction();
		readOnly.setReadOnly(true);
		readOnly.executeWithoutResult((status) -> {
			assertThatIllegalStateException().isThrownBy(() -> shown(visitor)).withMessageContaining("read-only");
			assertThat(this.sql.statements()).isEmpty();
			visitor.page(() -> assertThat(this.flash.peek()).hasSize(1));
		});
		assertThat(shown(visitor)).containsExactly("1", "2");
	}

	@Test
	void pageInTheTransactionThatAddsShowsWhatItAdded() {
		send("1");
		application.transaction().executeWithoutResult((status) -> {
			this.ann.post(() -> this.flash.info("2"));
			assertThat(shown(this.ann)).containsExactly("1", "2");
		});
		assertThat(shown(this.ann)).isEmpty();
	}

	@Test
	void messagesConsumedInTransactionThatRollsBackWait() {
		send("1");
		this.ann.page(() -> {
			application.transaction().executeWithoutResult((status) -> {
				assertThat(this.flash.take()).hasSize(1);
				status.setRollbackOnly();
			});
			assertThat(this.flash.list()).isEmpty();
		});
		assertThat(shown(this.ann)).containsExactly("1");
	}

	@Test
	void countsAfterTheCommit() {
		double sent = count("sent");
		application.transaction().executeWithoutResult((status) -> {
			send("1");
			assertThat(count("sent") - sent).isZero();
		});
		assertThat(count("sent") - sent).isOne();
		application.transaction().executeWithoutResult((status) -> {
			send("2");
			status.setRollbackOnly();
		});
		assertThat(count("sent") - sent).isOne();
	}

	@Test
	void acknowledgementIsTriedAgainWhileTheLeaseLasts() throws Exception {
		send("1");
		FlashClaim claimed = claim(application);
		this.sql.fail(deletion());
		claimed.acknowledge((message) -> false);
		assertThat(stored()).isOne();
		this.sql.clear();
		Together.eventually(() -> stored() == 0);
	}

	@Test
	void acknowledgementIsNotTriedAgainAfterTheLease() throws Exception {
		other.get(FlashSender.class).send("ann", FlashLevel.ERROR, "1");
		FlashClaim claimed = claim(other);
		SqlLog broken = other.get(SqlLog.class);
		broken.fail(deletion());
		claimed.acknowledge((message) -> false);
		outlastLease();
		broken.clear();
		assertThat(shown(this.ann)).containsExactly("1");
	}

	@Test
	void purgesWhatHasExpiredInBatches() {
		for (String name : List.of("ann", "bob")) {
			for (int i = 0; i < 3; i++) {
				this.sender.send(name, FlashDraft.of(FlashLevel.INFO, "old").expiresIn(Duration.ofHours(1)));
			}
		}
		send("new");
		double expired = count("expired");
		assertThat(this.sender.purgeExpired(4)).isZero();
		clock.advance(Duration.ofHours(1));
		assertThat(this.sender.purgeExpired(4)).isEqualTo(4);
		assertThat(this.sender.purgeExpired(4)).isEqualTo(2);
		assertThat(this.sender.purgeExpired(4)).isZero();
		assertThat(count("expired") - expired).isEqualTo(6);
		assertThat(stored()).isOne();
	}

	@Test
	void sendersAtTheBoundAndDeletesDoNotDeadlock() throws Exception {
		FlashSender bounded = other.get(FlashSender.class);
		Together.run(4, (thread) -> {
			for (int i = 0; i < 100; i++) {
				if (thread == 0) {
					unlessItIsEnded(() -> this.profiles.delete("ann"));
				}
				IntStream.range(0, 4)
					.forEach((n) -> unlessItIsEnded(() -> bounded.send("ann", FlashLevel.ERROR, "" + n)));
			}
		});
		// a soft bound: each of the simultaneous senders may leave one more
		assertThat(stored()).isLessThanOrEqualTo(6);
	}

	/**
	 * MariaDB locks the gap of a message that another sender deletes at the same moment,
	 * and may end one of the two that wait there for each other.
	 */
	private void unlessItIsEnded(Runnable work) {
		try {
			work.run();
		}
		catch (PessimisticLockingFailureException ex) {
			if (this.database != Database.MARIADB) {
				throw ex;
			}
		}
	}

	@Test
	void claimThenSendInTransactionDoesNotDeadlockWithDelete() throws Exception {
		for (int round = 0; round < 20; round++) {
			send("1");
			Together.run(2, (thread) -> {
				if (thread == 0) {
					this.profiles.delete("ann");
				}
				else {
					application.transaction().executeWithoutResult((status) -> new Visitor("ann").page(() -> {
						this.flash.list();
						send("2");
					}));
				}
			});
		}
	}

	@Test
	void boundHoldsWithinTransaction() {
		FlashSender bounded = other.get(FlashSender.class);
		other.transaction().executeWithoutResult((status) -> {
			bounded.send("ann", FlashLevel.ERROR, "1");
			IntStream.rangeClosed(2, 6).forEach((i) -> bounded.send("ann", FlashLevel.WARNING, "" + i));
			bounded.send("bob", FlashLevel.WARNING, "7");
		});
		assertThat(shown(this.ann)).containsExactly("1", "5", "6");
	}

	@Test
	void boundLeavesWhatPageHolds() {
		FlashSender bounded = other.get(FlashSender.class);
		for (int i = 1; i <= 3; i++) {
			bounded.send("ann", FlashLevel.WARNING, "" + i);
		}
		FlashClaim claimed = claim(application);
		for (int i = 4; i <= 6; i++) {
			bounded.send("ann", FlashLevel.ERROR, "" + i);
		}
		claimed.release();
		assertThat(shown(this.ann)).containsExactly("1", "2", "3", "4", "5", "6");
	}

	@Test
	void sendingToKnownUserIsOneStatementOnPostgresqlAndThreeElsewhere() {
		send("1");
		List<Runnable> sends = List.of(() -> send("2"), () -> this.ann.post(() -> this.flash.info("3")));
		assertThat(sends).allSatisfy((send) -> {
			this.sql.clear();
			send.run();
			assertThat(this.sql.statements()).hasSize(this.database.isPostgresql() ? 1 : 3);
			assertThat(this.sql.transactions()).isEqualTo(this.database.isPostgresql() ? 0 : 1);
		});
	}

	@Test
	void laterMessageWithTheKeyReplacesTheOneThatWaits() {
		send("1");
		this.sender.send("ann", FlashDraft.of(FlashLevel.INFO, "running").key("export"));
		this.sender.send("ann", FlashDraft.of(FlashLevel.INFO, "other").key("Export"));
		this.sender.send("bob", FlashDraft.of(FlashLevel.INFO, "bob").key("export"));
		double replaced = count("replaced");
		this.sender.send("ann", FlashDraft.of(FlashLevel.SUCCESS, "ready").key("export"));
		assertThat(count("replaced")).isEqualTo(replaced + 1);
		assertThat(shown(this.ann)).containsExactly("1", "other", "ready");
		assertThat(shown(new Visitor("bob"))).containsExactly("bob");
	}

	@Test
	void messageThatPageHoldsIsNotReplaced() {
		this.sender.send("ann", FlashDraft.of(FlashLevel.INFO, "running").key("export"));
		FlashClaim held = claim(application);
		this.sender.send("ann", FlashDraft.of(FlashLevel.INFO, "ready").key("export"));
		held.acknowledge((message) -> false);
		assertThat(shown(this.ann)).containsExactly("ready");
	}

	@Test
	void ofSimultaneousMessagesWithOneKeyTheLastWaits() throws Exception {
		Together.run(8, (thread) -> ((thread % 2 == 0) ? application : other).get(FlashSender.class)
			.send("ann", FlashDraft.of(FlashLevel.ERROR, "" + thread).key("k")));
		assertThat(shown(this.ann)).hasSize(1);
	}

	@Test
	void messageHasItsAction() {
		FlashDraft draft = FlashDraft.of(FlashLevel.ERROR, "failed").action("/export?again=1", "export.again").key("k");
		this.sender.send("ann", draft);
		assertThat(this.sender.peek("ann")).singleElement().satisfies((message) -> {
			assertThat(message.action()).isEqualTo(Text.of("export.again").link("/export?again=1"));
			assertThat(message.key()).isEqualTo("k");
		});
	}

	@Test
	void whatWasShownCanBeReadAgainTheNewestFirst() {
		IntStream.range(0, 12).forEach((i) -> send("" + i));
		assertThat(shown(this.ann)).hasSize(12);
		this.sender.send("ann", FlashDraft.of(FlashLevel.ERROR, "last").tags("t").key("k").action("/x", "Go"));
		shown(this.ann);
		List<FlashMessage> recent = recent();
		assertThat(recent).extracting((message) -> message.text().getMessage())
			.containsExactly("last", "11", "10", "9", "8", "7", "6", "5", "4", "3");
		assertThat(recent.get(0)).satisfies((message) -> {
			assertThat(message.level()).isEqualTo(FlashLevel.ERROR);
			assertThat(message.tags()).isEqualTo("t error");
			assertThat(message.sentAt()).isEqualTo(StoppedClock.START);
			assertThat(message.action()).isEqualTo(Text.of("Go").link("/x"));
		});
		assertThat(rows("actionlog_shown")).isEqualTo(10);
	}

	@Test
	void readAgainIsWhatWasShownLastAlsoIfItWasAddedEarlier() {
		send("held");
		FlashClaim held = claim(application);
		send("new");
		shown(this.ann);
		clock.advance(Duration.ofSeconds(1));
		held.acknowledge((message) -> false);
		assertThat(recent()).extracting((message) -> message.text().getMessage()).containsExactly("held", "new");
	}

	@Test
	void onlyWhatWasShownIsReadAgain() {
		send("released");
		claim(application).release();
		assertThat(recent()).isEmpty();
		this.ann.post(this.flash::clear);
		send("kept");
		this.ann.page(() -> {
			this.flash.list();
			this.flash.keep();
		});
		assertThat(recent()).isEmpty();
	}

	@Test
	void readAgainFollowsItsUserAndGoesWithTheProfile() {
		send("1");
		shown(this.ann);
		this.profiles.rename("ann", "anna");
		assertThat(recent()).isEmpty();
		new Visitor("anna").page(() -> assertThat(this.flash.recentMessages()).hasSize(1));
		this.profiles.delete("anna");
		assertThat(rows("actionlog_shown")).isZero();
	}

	@Test
	void nothingIsKeptToBeReadAgainWhereTheNumberIsZero() {
		FlashSender sender = silent.get(FlashSender.class);
		sender.send("ann", FlashLevel.INFO, "1");
		SqlLog statements = silent.get(SqlLog.class);
		statements.clear();
		assertThat(shown(silent, this.ann)).containsExactly("1");
		assertThat(statements.statements()).hasSize(this.database.isPostgresql() ? 2 : 6);
		assertThat(rows("actionlog_shown")).isZero();
		statements.clear();
		this.ann.page(() -> assertThat(silent.get(FlashMessages.class).recentMessages()).isEmpty());
		assertThat(statements.statements()).isEmpty();
	}

	@Test
	void whatWasKeptGoesWhereTheNumberIsZeroNow() {
		send("1");
		assertThat(shown(this.ann)).containsExactly("1");
		assertThat(rows("actionlog_shown")).isEqualTo(1);
		send("2");
		assertThat(shown(silent, this.ann)).containsExactly("2");
		assertThat(rows("actionlog_shown")).isZero();
	}

	@Test
	void reachesEachOfSomeUsersOnce() {
		List<String> names = IntStream.range(0, 250).mapToObj((i) -> "user" + i).toList();
		List<String> twice = new ArrayList<>(names);
		twice.addAll(names);
		this.sql.clear();
		assertThat(this.sender.sendAll(twice, FlashDraft.of(FlashLevel.INFO, "x"))).isTrue();
		assertThat(this.sql.transactions()).isEqualTo(3);
		assertThat(application.jdbc()
			.sql("select count(distinct username) as users, count(*) as messages from actionlog_flash")
			.query((row, number) -> row.getInt("users") + " " + row.getInt("messages"))
			.single()).isEqualTo("250 250");
		assertThat(this.sender.sendAll(names, FlashDraft.of(FlashLevel.DEBUG, "x"))).isFalse();
	}

	@Test
	void noUserIsReachedWhereOneNameCannotBe() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sender.sendAll(List.of("ann", " "), FlashDraft.of(FlashLevel.INFO, "x")));
		assertThat(stored()).isZero();
	}

	@Test
	void simultaneousSendersToManyDoNotBlockEachOther() throws Exception {
		List<String> names = IntStream.range(0, 30).mapToObj((i) -> "user" + i).toList();
		List<String> reversed = new ArrayList<>(names);
		Collections.reverse(reversed);
		Together.run(4, (thread) -> ((thread < 2) ? application : silent).get(FlashSender.class)
			.sendAll((thread % 2 == 0) ? names : reversed, FlashDraft.of(FlashLevel.ERROR, "x")));
		assertThat(stored()).isEqualTo(120);
	}

	@Test
	void pageThatShowsMessagesIsTwoStatementsOnPostgresqlAndSevenElsewhere() {
		send("1");
		send("2");
		this.sql.clear();
		assertThat(shown(this.ann)).hasSize(2);
		List<String> statements = this.sql.statements();
		assertThat(statements).hasSize(this.database.isPostgresql() ? 2 : 7);
		assertThat(statements.get(statements.size() - 1)).startsWith(deletion());
		assertThat(this.sql.transactions()).isEqualTo(this.database.isPostgresql() ? 0 : 2);
	}

	@Test
	void pageWithoutMessagesIsOneStatementThatWritesNothing() {
		send("1");
		shown(this.ann);
		this.sql.clear();
		shown(this.ann);
		assertThat(this.sql.statements()).singleElement()
			.asString()
			.startsWith(this.database.isPostgresql() ? "with claimed as (\n\tupdate actionlog_flash" : "select");
		assertThat(this.sql.transactions()).isEqualTo(this.database.isPostgresql() ? 0 : 1);
	}

	@Test
	void heldMessagesAreShownByNobodyElse() {
		send("1");
		FlashClaim claimed = claim(application);
		send("2");
		assertThat(shown(other, this.ann)).containsExactly("2");
		assertThat(this.sender.peek("ann")).isEmpty();
		this.ann.post(this.flash::clear);
		claimed.release();
		assertThat(shown(other, this.ann)).containsExactly("1");
	}

	@Test
	void pageSkipsWhatAnotherIsAboutToHold() {
		send("1");
		send("2");
		application.transaction().executeWithoutResult((status) -> {
			application.jdbc()
				.sql("select number from actionlog_flash where username = 'ann' and number = 1 for update")
				.query()
				.listOfRows();
			assertThat(shown(other, this.ann)).containsExactly("2");
		});
		assertThat(shown(this.ann)).containsExactly("1");
	}

	@Test
	void leaseIsTheConfiguredTime() {
		send("1");
		claim(application);
		assertThat(leasesWithin(28)).isZero();
		assertThat(leasesWithin(30)).isOne();
		outlastLease();
		claim(other);
		assertThat(leasesWithin(1)).isOne();
	}

	@Test
	void messagesOfPageThatDiedAreShownAfterTheLease() {
		send("1");
		claim(application);
		assertThat(shown(this.ann)).isEmpty();
		outlastLease();
		assertThat(this.sender.peek("ann")).hasSize(1);
		assertThat(shown(this.ann)).containsExactly("1");
	}

	@Test
	void pageThatOutlastedItsLeaseEndsNothingOfTheNext() {
		send("1");
		FlashClaim first = claim(application);
		outlastLease();
		FlashClaim second = claim(application);
		assertThat(second.messages()).isEqualTo(first.messages());
		double shown = count("shown");
		first.acknowledge((message) -> false);
		first.release();
		assertThat(stored()).isOne();
		assertThat(count("shown") - shown).isZero();
		assertThat(shown(this.ann)).isEmpty();
		second.release();
		assertThat(shown(this.ann)).containsExactly("1");
	}

	@Test
	void endingTwiceIsEndingOnce() {
		send("1");
		FlashClaim claimed = claim(application);
		claimed.release();
		claimed.release();
		claimed.acknowledge((message) -> false);
		FlashClaim again = claim(application);
		assertThat(again.messages()).hasSize(1);
		double shown = count("shown");
		again.acknowledge((message) -> false);
		again.acknowledge((message) -> false);
		assertThat(count("shown") - shown).isOne();
	}

	@Test
	void parallelPagesShowEachMessageOnce() throws Exception {
		IntStream.range(0, 50).forEach((i) -> send("" + i));
		List<String> shown = Collections.synchronizedList(new ArrayList<>());
		Together.run(8, (thread) -> shown.addAll(shown((thread % 2 == 0) ? application : other, new Visitor("ann"))));
		assertThat(shown).hasSize(50).doesNotHaveDuplicates();
	}

	/**
	 * MariaDB would read the whole of a small table where it looks for many rows of it.
	 */
	@Test
	void claimOfManyMessagesHoldsNoneOfOtherUsers() throws Exception {
		IntStream.range(0, 50).forEach((i) -> send("" + i));
		this.sender.send("bob", FlashLevel.INFO, "1");
		application.transaction().executeWithoutResult((status) -> {
			assertThat(claim(application).messages()).hasSize(50);
			assertThat(CompletableFuture.supplyAsync(() -> shown(other, new Visitor("bob"))).join())
				.containsExactly("1");
		});
	}

	@Test
	void messagesReachTheirUserOnAnyDeviceAndNobodyElse() {
		Visitor shared = new Visitor("ann");
		shared.post(() -> this.flash.info("1"));
		shared.signOut();
		shared.signIn("bob");
		assertThat(shown(shared)).isEmpty();
		assertThat(shown(new Visitor())).isEmpty();
		assertThat(shown(new Visitor("ann"))).containsExactly("1");
	}

	@Test
	void anonymousMessageIsOfItsSession() {
		Visitor visitor = new Visitor();
		visitor.post(() -> this.flash.info("1"));
		assertThat(shown(new Visitor())).isEmpty();
		assertThat(shown(visitor)).containsExactly("1");
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void anonymousMessagesAreShownAfterSigningIn() {
		Visitor visitor = visitorWith("1", "2");
		send("0");
		visitor.signIn("ann");
		visitor.page(() -> assertThat(this.flash.size()).isEqualTo(3));
		assertThat(shown(visitor)).containsExactly("0", "1", "2");
		assertThat(shown(visitor)).isEmpty();
		visitor.signOut();
		assertThat(shown(visitor)).isEmpty();
	}

	@Test
	void anonymousMessagesBecomeRowsWithTheFirstAdd() {
		Visitor visitor = visitorWith("1", "2");
		visitor.signIn("ann");
		visitor.post(() -> this.flash.info("3"));
		assertThat(waiting(visitor)).isEmpty();
		assertThat(shown(other, new Visitor("ann"))).containsExactly("1", "2", "3");
	}

	@Test
	void rollbackPutsAnonymousMessagesBack() {
		Visitor visitor = visitorWith("1");
		visitor.signIn("ann");
		application.transaction().executeWithoutResult((status) -> {
			visitor.post(() -> this.flash.info("2"));
			status.setRollbackOnly();
		});
		assertThat(stored()).isZero();
		assertThat(shown(visitor)).containsExactly("1");
	}

	@Test
	void failurePutsAnonymousMessagesBack() {
		Visitor visitor = visitorWith("1");
		visitor.signIn("a".repeat(256));
		TransactionTemplate supports = application.transaction();
		supports.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
		Runnable add = () -> visitor
			.post(() -> assertThatIllegalArgumentException().isThrownBy(() -> this.flash.info("2")));
		add.run();
		supports.executeWithoutResult((status) -> add.run());
		visitor.signIn("ann");
		assertThat(shown(visitor)).containsExactly("1");
	}

	@Test
	void anonymousMessagesExpireAsIfTheyHadAlwaysBeenRows() {
		Visitor visitor = new Visitor();
		visitor
			.post(() -> this.flash.add(FlashDraft.of(FlashLevel.INFO, "1").tags("tag").expiresIn(Duration.ofHours(1))));
		visitor.signIn("ann");
		visitor.page(() -> assertThat(this.flash.peek()).singleElement()
			.satisfies((message) -> assertThat(message.tags()).isEqualTo("tag info")));
		clock.advance(Duration.ofHours(1));
		assertThat(shown(visitor)).isEmpty();
	}

	@Test
	void messageAddedAfterTheSessionEndedIsShown() {
		Visitor browser = visitorWith("0");
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/logout");
		browser.request(request, 302, null, () -> {
			request.getSession().invalidate();
			this.flash.success("Signed out");
		});
		assertThat(shown(browser)).containsExactly("Signed out");
		assertThat(shown(browser)).isEmpty();
	}

	@Test
	void messageOfAVisitorIsAnAttributeOfItsOwn() {
		Visitor visitor = visitorWith("1");
		Map<String, Object> before = waiting(visitor);
		visitor.post(() -> this.flash.info("2"));
		assertThat(waiting(visitor)).hasSize(2).containsAllEntriesOf(before);
		assertThat(shown(visitor)).containsExactly("1", "2");
		assertThat(waiting(visitor)).isEmpty();
	}

	@Test
	void unreadableMessageInTheSessionIsDroppedWithOneWarning() {
		Visitor visitor = visitorWith("1");
		List.of("", "x", "x.y.z")
			.forEach((name) -> List.of(1, new ArrayList<>(List.of("1")))
				.forEach((value) -> visitor.session().setAttribute(SessionFlashStorage.PREFIX + name, value)));
		try (ServerLog log = new ServerLog()) {
			visitor.page(() -> assertThat(this.flash.size()).isOne());
			assertThat(waiting(visitor)).hasSize(1);
			// once in a process: other tests may have had it
			assertThat(log.entries()).hasSizeLessThanOrEqualTo(1);
		}
		assertThat(shown(visitor)).containsExactly("1");
	}

	@Test
	void messagesOfOneInstantKeepTheirOrder() {
		Visitor visitor = visitorWith("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
		assertThat(shown(visitor)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
	}

	private static FlashClaim claim(TestApplication node) {
		return WebTestApplication.storage(node, "ann").claim();
	}

	private void send(String text) {
		this.sender.send("ann", FlashLevel.INFO, text);
	}

	private Visitor visitorWith(String... texts) {
		Visitor visitor = new Visitor();
		visitor.post(() -> List.of(texts).forEach(this.flash::info));
		return visitor;
	}

	private static List<String> shown(Visitor browser) {
		return shown(application, browser);
	}

	private static List<String> shown(TestApplication node, Visitor browser) {
		List<String> texts = new ArrayList<>();
		browser.page(() -> StreamSupport.stream(node.get(FlashMessages.class).spliterator(), false)
			.map((message) -> message.text().getMessage())
			.forEach(texts::add));
		return texts;
	}

	/**
	 * What waits in the session, by the names of the attributes.
	 */
	private static Map<String, Object> waiting(Visitor visitor) {
		HttpSession session = visitor.session();
		return Collections.list(session.getAttributeNames())
			.stream()
			.filter((name) -> name.startsWith(SessionFlashStorage.PREFIX))
			.collect(Collectors.toMap(Function.identity(), session::getAttribute));
	}

	private List<FlashMessage> recent() {
		List<FlashMessage> recent = new ArrayList<>();
		this.ann.page(() -> recent.addAll(this.flash.recentMessages()));
		return recent;
	}

	private static int rows(String table) {
		return application.jdbc().sql("select count(*) from " + table).query(Integer.class).single();
	}

	private static int stored() {
		return application.jdbc().sql("select count(*) from actionlog_flash").query(Integer.class).single();
	}

	private static int leasesWithin(int seconds) {
		return application.jdbc()
			.sql("select count(*) from actionlog_flash where claimed_until > %1$s and claimed_until <= %1$s + interval '%2$d' second"
				.formatted(now(), seconds))
			.query(Integer.class)
			.single();
	}

	private static void outlastLease() {
		application.jdbc().sql("update actionlog_flash set claimed_until = " + now()).update();
	}

	/**
	 * How the statement begins that deletes what was shown.
	 */
	private String deletion() {
		return switch (this.database) {
			case H2 -> "delete from actionlog_flash";
			case POSTGRESQL, PARTITIONED_POSTGRESQL -> "with gone as (\n\tdelete from actionlog_flash";
			case MARIADB -> "delete actionlog_flash from actionlog_flash force index";
		};
	}

	private static String now() {
		return application.get(dev.actionlog.database.Database.class).dialect().now();
	}

	private static double count(String what) {
		return application.get(MeterRegistry.class).counter("actionlog.flash." + what).count();
	}

}

package dev.actionlog.flash;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import dev.actionlog.flash.FlashStore.Claimed;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.SetClock;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.testing.Together;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpSession;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

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

	@Parameter
	Database database;

	private final FlashSender sender = application.get(FlashSender.class);

	private final FlashMessages flash = application.get(FlashMessages.class);

	private final FlashStore store = application.get(FlashStore.class);

	private final ProfileService profiles = application.get(ProfileService.class);

	private final SqlLog sql = application.get(SqlLog.class);

	private final Visitor ann = new Visitor("ann");

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		Map<String, Object> settings = database.create();
		application = WebTestApplication.start(settings, clock);
		other = WebTestApplication.start(settings, clock, "actionlog.flash.max-pending=3", "actionlog.flash.lease=1s",
				"actionlog.flash.min-level=warning");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
		other.close();
	}

	@BeforeEach
	void begin() {
		application.jdbc().sql("delete from actionlog_profile").update();
		this.sql.clear();
		clock.reset();
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
	void pageInReadOnlyTransactionShowsMessages() {
		send("1");
		TransactionTemplate readOnly = application.transaction();
		readOnly.setReadOnly(true);
		readOnly.executeWithoutResult((status) -> assertThat(shown(this.ann)).containsExactly("1"));
		assertThat(stored()).isZero();
	}

	@Test
	void pageInTheTransactionThatAddsShowsWhatWasThereBefore() {
		send("1");
		application.transaction().executeWithoutResult((status) -> {
			this.ann.post(() -> this.flash.info("2"));
			assertThat(shown(this.ann)).containsExactly("1");
		});
		assertThat(shown(this.ann)).containsExactly("2");
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
	void purgesNoMoreAtOnceThanStatementTakes() {
		send("x");
		String numbers = (this.database == Database.H2) ? "system_range(1, 12000)" : "generate_series(1, 12000)";
		application.jdbc()
			.sql("insert into actionlog_flash (profile_id, level, message, args, tags, sent_at, expires_at)"
					+ " select profile_id, level, message, args, tags, sent_at, sent_at from actionlog_flash, "
					+ numbers)
			.update();
		assertThat(this.sender.purgeExpired(Integer.MAX_VALUE)).isEqualTo(10_000);
		assertThat(this.sender.purgeExpired(Integer.MAX_VALUE)).isEqualTo(2_000);
		assertThat(stored()).isOne();
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
		Claimed claimed = this.store.claim("ann");
		for (int i = 4; i <= 6; i++) {
			bounded.send("ann", FlashLevel.ERROR, "" + i);
		}
		this.store.release(claimed.token(), claimed.ids());
		assertThat(shown(this.ann)).containsExactly("1", "2", "3", "4", "5", "6");
	}

	@Test
	void sendingToKnownUserCostsThreeStatements() {
		send("1");
		this.sql.clear();
		send("2");
		assertThat(this.sql.statements()).hasSize(3);
		this.sql.clear();
		this.ann.post(() -> this.flash.info("3"));
		assertThat(this.sql.statements()).hasSize(3);
	}

	@Test
	void pageThatShowsMessagesCostsThreeStatements() {
		send("1");
		send("2");
		this.sql.clear();
		assertThat(shown(this.ann)).hasSize(2);
		assertThat(this.sql.statements()).hasSize(3);
		assertThat(this.sql.statements().get(0)).startsWith("select")
			.endsWith((this.database == Database.POSTGRESQL) ? "for no key update of fr1_0 skip locked"
					: "for update skip locked");
		assertThat(this.sql.statements().get(1)).startsWith("update");
		assertThat(this.sql.statements().get(2)).startsWith("delete");
	}

	@Test
	void pageWithoutMessagesCostsOneStatementAndNoWrite() {
		send("1");
		shown(this.ann);
		this.sql.clear();
		shown(this.ann);
		assertThat(this.sql.statements()).singleElement().asString().startsWith("select");
	}

	@Test
	void heldMessagesAreShownByNobodyElse() {
		send("1");
		Claimed claimed = this.store.claim("ann");
		send("2");
		assertThat(shown(other, this.ann)).containsExactly("2");
		assertThat(this.sender.peek("ann")).isEmpty();
		this.ann.post(this.flash::clear);
		this.store.release(claimed.token(), claimed.ids());
		assertThat(shown(other, this.ann)).containsExactly("1");
	}

	@Test
	void pageSkipsWhatAnotherIsAboutToHold() {
		send("1");
		send("2");
		application.transaction().executeWithoutResult((status) -> {
			application.jdbc()
				.sql("select id from actionlog_flash where message = '1' for update")
				.query()
				.listOfRows();
			assertThat(shown(this.ann)).containsExactly("2");
		});
		assertThat(shown(this.ann)).containsExactly("1");
	}

	@Test
	void leaseIsTheConfiguredTime() {
		send("1");
		this.store.claim("ann");
		assertThat(leasesWithin(28)).isZero();
		assertThat(leasesWithin(30)).isOne();
		outlastLease();
		other.get(FlashStore.class).claim("ann");
		assertThat(leasesWithin(1)).isOne();
	}

	@Test
	void messagesOfPageThatDiedAreShownAfterTheLease() {
		send("1");
		this.store.claim("ann");
		assertThat(shown(this.ann)).isEmpty();
		outlastLease();
		assertThat(this.sender.peek("ann")).hasSize(1);
		assertThat(shown(this.ann)).containsExactly("1");
	}

	@Test
	void pageThatOutlastedItsLeaseEndsNothingOfTheNext() {
		send("1");
		Claimed first = this.store.claim("ann");
		outlastLease();
		Claimed second = this.store.claim("ann");
		assertThat(second.ids()).isEqualTo(first.ids());
		double shown = count("shown");
		this.store.acknowledge(first.token(), first.ids());
		this.store.release(first.token(), first.ids());
		assertThat(stored()).isOne();
		assertThat(count("shown") - shown).isZero();
		assertThat(shown(this.ann)).isEmpty();
		this.store.release(second.token(), second.ids());
		assertThat(shown(this.ann)).containsExactly("1");
	}

	@Test
	void endingTwiceIsEndingOnce() {
		send("1");
		Claimed claimed = this.store.claim("ann");
		this.store.release(claimed.token(), claimed.ids());
		this.store.release(claimed.token(), claimed.ids());
		this.store.acknowledge(claimed.token(), claimed.ids());
		Claimed again = this.store.claim("ann");
		assertThat(again.messages()).hasSize(1);
		double shown = count("shown");
		this.store.acknowledge(again.token(), again.ids());
		this.store.acknowledge(again.token(), again.ids());
		assertThat(count("shown") - shown).isOne();
	}

	@Test
	void parallelPagesShowEachMessageOnce() throws Exception {
		IntStream.range(0, 50).forEach((i) -> send("" + i));
		List<String> shown = Collections.synchronizedList(new ArrayList<>());
		Together.run(8, (thread) -> shown.addAll(shown((thread % 2 == 0) ? application : other, new Visitor("ann"))));
		assertThat(shown).hasSize(50).doesNotHaveDuplicates();
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
		assertThat(waiting(visitor)).isNull();
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
	void anonymousMessagesStayInTheSessionThroughReadOnlyTransaction() {
		Visitor visitor = visitorWith("1");
		visitor.signIn("ann");
		TransactionTemplate readOnly = application.transaction();
		readOnly.setReadOnly(true);
		readOnly.executeWithoutResult((status) -> assertThat(shown(visitor)).isEmpty());
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
	void listInTheSessionIsReplacedAndNeverChanged() {
		Visitor visitor = visitorWith("1");
		Object before = waiting(visitor);
		visitor.post(() -> this.flash.info("2"));
		assertThat(waiting(visitor)).isNotSameAs(before).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
		assertThat(before).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(1).isUnmodifiable();
		assertThat(shown(visitor)).containsExactly("1", "2");
		assertThat(waiting(visitor)).isNull();
	}

	@Test
	void listInTheSessionOutlivesTheProcess() throws Exception {
		Visitor visitor = new Visitor();
		visitor.post(() -> this.flash.add(FlashDraft.of(new FlashLevel(29), "x", 1, "y").tags("tag")));
		HttpSession session = visitor.session();
		Object before = waiting(visitor);
		Object after = deserialize(serialize(before));
		assertThat(after).isEqualTo(before).isNotSameAs(before);
		session.setAttribute(SessionFlashStore.class.getName(), after);
		assertThat(shown(visitor)).containsExactly("x");
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
	 * What waits in the session.
	 */
	private static Object waiting(Visitor visitor) {
		return visitor.session().getAttribute(SessionFlashStore.class.getName());
	}

	private static int stored() {
		return application.jdbc().sql("select count(*) from actionlog_flash").query(Integer.class).single();
	}

	private static int leasesWithin(int seconds) {
		return application.jdbc()
			.sql("select count(*) from actionlog_flash where claimed_until > current_timestamp"
					+ " and claimed_until <= current_timestamp + interval '" + seconds + "' second")
			.query(Integer.class)
			.single();
	}

	private static void outlastLease() {
		application.jdbc().sql("update actionlog_flash set claimed_until = current_timestamp").update();
	}

	private static double count(String what) {
		return application.get(MeterRegistry.class).counter("actionlog.flash." + what).count();
	}

	private static byte[] serialize(Object value) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		return bytes.toByteArray();
	}

	private static Object deserialize(byte[] bytes) throws IOException, ClassNotFoundException {
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
			return in.readObject();
		}
	}

}

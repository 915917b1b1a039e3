package dev.actionlog.app.throttle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link Throttle}, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class ThrottleIT {

	private static final Limit SLOW = new Limit("test", 3, Duration.ofHours(1), Duration.ofHours(5),
			Duration.ofHours(100));

	private static final AtomicInteger networks = new AtomicInteger();

	private final App app;

	private final String name = App.newName();

	/** Two nodes. */
	private final Throttle throttle;

	private final Throttle other;

	ThrottleIT(Database database) {
		this.app = App.on(database);
		this.throttle = node(1000);
		this.other = node(1000);
	}

	@Test
	void theFirstAttemptsCostNothing() {
		assertThat(List.of(attempt(), attempt(), attempt())).containsOnly(0L);
		assertThat(attempt()).isBetween(3500L, 3600L);
	}

	@Test
	void everyFurtherOneWaitsTwiceAsLongUpToALimit() {
		attempts(3);
		pass(1);
		assertThat(attempt()).isZero();
		assertThat(attempt()).isBetween(7000L, 7200L);
		pass(2);
		assertThat(attempt()).isZero();
		assertThat(attempt()).isBetween(13_500L, 14_400L);
		pass(4);
		assertThat(attempt()).isZero();
		assertThat(attempt()).isBetween(17_500L, 18_000L);
	}

	@Test
	void aRefusedAttemptDoesNotCount() {
		attempts(3);
		for (int i = 0; i < 20; i++) {
			assertThat(attempt()).isBetween(3500L, 3600L);
		}
		pass(1);
		assertThat(attempt()).isZero();
	}

	@Test
	void attemptsAreForgottenWithTime() {
		attempts(3);
		pass(300);
		attempts(3);
		assertThat(attempt()).isPositive();
	}

	@Test
	void parallelAttemptsOnTwoNodesCountTogether() throws Exception {
		AtomicInteger admitted = new AtomicInteger();
		Together.run(16, (thread) -> {
			if (attempt(((thread % 2) == 0) ? this.throttle : this.other) == 0) {
				admitted.incrementAndGet();
			}
		});
		assertThat(admitted).hasValue(3);
	}

	@Test
	void anAttemptThatOneCounterRefusesIsCountedByNone() {
		Counter tight = Counter.of(SLOW, this.name);
		Counter wide = Counter.of(new Limit("wide", 5, SLOW.first(), SLOW.longest(), SLOW.drain()), this.name);
		attempts(3);
		for (int i = 0; i < 10; i++) {
			assertThat(attempt(this.throttle, wide, tight)).isPositive();
		}
		assertThat(attempt(this.throttle, wide)).isZero();
	}

	@Test
	void guessesFromElsewhereDoNotDelayTheOwner() {
		String elsewhere = newNetwork();
		for (int i = 0; i < 5; i++) {
			assertThat(password(this.throttle, this.name, elsewhere)).isZero();
		}
		assertThat(password(this.throttle, this.name, elsewhere)).isPositive();
		assertThat(password(this.other, this.name, elsewhere)).isPositive();
		assertThat(password(this.throttle, this.name, newNetwork())).isZero();
	}

	@Test
	void guessesFromManyNetworksAreDelayedButNotWhereThePasswordWasRightBefore() {
		String home = newNetwork();
		password(this.throttle, this.name, home);
		this.throttle.passwordWasRight(this.name, home);
		int admitted = 0;
		for (int i = 0; i < 150; i++) {
			admitted += (password(this.throttle, this.name, newNetwork()) == 0) ? 1 : 0;
		}
		assertThat(admitted).isBetween(100, 149);
		assertThat(password(this.throttle, this.name, home)).isZero();
	}

	@Test
	void aNetworkIsDelayedWhateverTheNamesAre() {
		Throttle throttle = node(4);
		String network = newNetwork();
		for (int i = 0; i < 4; i++) {
			assertThat(password(throttle, App.newName(), network)).isZero();
		}
		assertThat(password(throttle, App.newName(), network)).isPositive();
	}

	@Test
	void aRightPasswordTakesItsOwnAttemptBackOnly() {
		Throttle throttle = node(4);
		String network = newNetwork();
		for (int i = 0; i < 20; i++) {
			assertThat(password(throttle, this.name, network)).isZero();
			throttle.passwordWasRight(this.name, network);
		}
		String victim = App.newName();
		for (int i = 0; i < 3; i++) {
			assertThat(password(throttle, victim, network)).isZero();
			assertThat(password(throttle, this.name, network)).isZero();
			throttle.passwordWasRight(this.name, network);
		}
		assertThat(password(throttle, App.newName(), network)).isZero();
		assertThat(password(throttle, App.newName(), network)).isPositive();
	}

	@Test
	void aRightPasswordForgetsTheWrongOnes() {
		String network = newNetwork();
		for (int i = 0; i < 10; i++) {
			for (int wrong = 0; wrong < 4; wrong++) {
				assertThat(password(this.throttle, this.name, network)).isZero();
			}
			this.throttle.passwordWasRight(this.name, network);
		}
	}

	@Test
	void signUpsAndUploadsOfANetworkAreDelayed() {
		Throttle throttle = node(2);
		String network = newNetwork();
		assertThat(waiting(() -> throttle.signUp(network))).isZero();
		assertThat(waiting(() -> throttle.signUp(network))).isZero();
		assertThat(waiting(() -> throttle.signUp(network))).isPositive();
		assertThat(waiting(() -> throttle.upload(App.newName(), network))).isZero();
		assertThat(waiting(() -> throttle.upload(App.newName(), network))).isZero();
		assertThat(waiting(() -> throttle.upload(App.newName(), network))).isPositive();
	}

	@Test
	void namesOfAnyLengthHaveAShortKeyThatDoesNotShowThem() {
		String network = newNetwork();
		assertThat(password(this.throttle, this.name + "x".repeat(100_000) + "\0", network)).isZero();
		password(this.throttle, this.name, network);
		assertThat(this.app.jdbc().sql("select id from throttle").query(String.class).list()).isNotEmpty()
			.allMatch((id) -> id.length() == 43 && !id.contains(this.name));
	}

	@Test
	void rowsThatSayNothingAreDeleted() {
		attempts(3);
		assertThat(rows()).isOne();
		this.throttle.deleteExpired();
		assertThat(rows()).isOne();
		pass(300);
		this.throttle.deleteExpired();
		assertThat(rows()).isZero();
	}

	private Throttle node(int networkAttempts) {
		return new Throttle(this.app.jdbc(), this.app.bean(TransactionOperations.class), networkAttempts);
	}

	private void attempts(int number) {
		for (int i = 0; i < number; i++) {
			assertThat(attempt()).isZero();
		}
	}

	private long attempt() {
		return attempt(this.throttle);
	}

	private long attempt(Throttle throttle) {
		return attempt(throttle, Counter.of(SLOW, this.name));
	}

	private static long attempt(Throttle throttle, Counter... counters) {
		return waiting(() -> throttle.count(List.of(counters)));
	}

	private static long password(Throttle throttle, String name, String address) {
		return waiting(() -> throttle.password(name, address));
	}

	private static long waiting(Runnable attempt) {
		TooManyAttemptsException refusal = catchThrowableOfType(TooManyAttemptsException.class, attempt::run);
		return (refusal != null) ? refusal.getSeconds() : 0;
	}

	private static String newNetwork() {
		int number = networks.incrementAndGet();
		return "2001:db8:%x::1".formatted(number);
	}

	private void pass(int hours) {
		this.app.jdbc()
			.sql("update throttle set open_at = open_at - interval '%1$d' hour, clear_at = clear_at - interval '%1$d' hour where id = ?"
				.formatted(hours))
			.param(Counter.of(SLOW, this.name).id())
			.update();
	}

	private int rows() {
		return this.app.jdbc()
			.sql("select count(*) from throttle where id = ?")
			.param(Counter.of(SLOW, this.name).id())
			.query(Integer.class)
			.single();
	}

}

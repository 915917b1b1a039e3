package dev.actionlog.app.throttle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counter of attempts, by account and by network, that delays those beyond a limit.
 * <p>
 * Passwords are counted for an account in a network, so that guesses from elsewhere never
 * delay the owner. A guesser with many networks is delayed by a second count of the whole
 * account, which has a high limit and a short delay, and which leaves out networks from
 * which the password was right in the last 30 days: those of the owner. All accounts of a
 * network have a third count. A right password takes its own attempt back, so that users
 * who share an address do not delay each other, and a guesser who signs in to an account
 * of their own in between wins nothing by it. Names without an account are counted like
 * others.
 * <p>
 * It is no library because the well-known one for this, Bucket4j, has no module for H2,
 * opens transactions of its own, in which several counters cannot be one, and knows rates
 * but no growing delays. One statement counts an attempt here, or finds it too early.
 */
@Component
public class Throttle {

	private static final Limit PASSWORDS = new Limit("password", 5, Duration.ofSeconds(5), Duration.ofMinutes(15),
			Duration.ofMinutes(10));

	private static final Limit ACCOUNT = new Limit("account", 100, Duration.ofSeconds(1), Duration.ofMinutes(1),
			Duration.ofMinutes(1));

	private static final Limit UPLOADS = new Limit("upload", 20, Duration.ofSeconds(1), Duration.ofMinutes(5),
			Duration.ofSeconds(30));

	private static final Limit LOOKUPS = new Limit("lookup", 300, Duration.ofSeconds(1), Duration.ofMinutes(1),
			Duration.ofSeconds(1));

	/** It has no attempts: its rows say from where an account's password was right. */
	private static final Limit KNOWN = new Limit("known", 0, Duration.ZERO, Duration.ZERO, Duration.ofDays(30));

	private static final int MAX_NAME_LENGTH = 255;

	/** It is rare that another attempt makes the same row at the same time. */
	private static final int TRIES = 5;

	/**
	 * How many attempts count now, with this one. A begun drain is a whole one. Without
	 * the cast H2 would divide to 100,000 digits, which takes milliseconds.
	 */
	private static final String COUNTED = "(1 + ceil("
			+ "greatest(0, extract(epoch from clear_at) - extract(epoch from current_timestamp))"
			+ " / cast(:drain as double precision)))";

	/** Counts an attempt, unless it is too early. */
	private static final String COUNT = """
			update throttle set
				open_at = case when %1$s < :free then open_at
					else current_timestamp + least(:longest, :first * power(2, %1$s - :free)) * interval '1' second end,
				clear_at = greatest(clear_at, current_timestamp) + cast(:drain as double precision) * interval '1' second
			where id = :id and open_at <= current_timestamp
			"""
		.formatted(COUNTED);

	/**
	 * Not now, which would be too late for a transaction that has begun before: its
	 * current time stands still.
	 */
	private static final String OPEN = "current_timestamp - interval '1' day";

	private static final String INSERT = """
			insert into throttle (id, open_at, clear_at) values
				(?, %s, current_timestamp + cast(? as double precision) * interval '1' second)
			""".formatted(OPEN);

	private static final String TAKE_BACK = """
			update throttle set open_at = %s,
				clear_at = clear_at - cast(? as double precision) * interval '1' second
			where id = ?
			""".formatted(OPEN);

	private static final String REMEMBER = """
			update throttle set clear_at = current_timestamp + cast(? as double precision) * interval '1' second
			where id = ?
			""";

	private final JdbcClient jdbc;

	private final TransactionOperations transaction;

	private final Limit network;

	private final Limit networkUploads;

	private final Limit passkeys;

	private final Limit signUps;

	/**
	 * Creates the only instance.
	 * @param jdbc the database
	 * @param transaction transactions
	 * @param networkAttempts how many attempts of a network cost nothing
	 */
	public Throttle(JdbcClient jdbc, TransactionOperations transaction,
			@Value("${throttle.network-attempts}") int networkAttempts) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.network = networkLimit("network", networkAttempts);
		this.networkUploads = networkLimit("network-upload", networkAttempts);
		this.passkeys = networkLimit("passkey", networkAttempts);
		this.signUps = networkLimit("sign-up", networkAttempts);
	}

	private static Limit networkLimit(String name, int attempts) {
		return new Limit(name, attempts, Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofSeconds(30));
	}

	/**
	 * Counts that somebody is about to enter a password, or a code instead of it.
	 * @param username the name of an account, or any other text
	 * @param address the address of who does it
	 * @throws TooManyAttemptsException if it is too early
	 */
	public void password(String username, String address) {
		String name = shortened(username);
		String network = Network.of(address);
		Counter all = Counter.of(this.network, network);
		Counter own = Counter.of(PASSWORDS, name, network);
		count(isKnown(name, network) ? List.of(all, own) : List.of(all, Counter.of(ACCOUNT, name), own));
	}

	/**
	 * Takes back what {@link #password} has counted, because the password was right, and
	 * forgets the wrong ones of the same account and network.
	 * @param username the name of the account
	 * @param address the address of who entered it
	 */
	public void passwordWasRight(String username, String address) {
		String name = shortened(username);
		String network = Network.of(address);
		boolean known = isKnown(name, network);
		inTransaction((status) -> {
			takeBack(Counter.of(this.network, network));
			if (!known) {
				takeBack(Counter.of(ACCOUNT, name));
			}
			this.jdbc.sql("delete from throttle where id = ?")
				.param(Counter.of(PASSWORDS, name, network).id())
				.update();
			remember(Counter.of(KNOWN, name, network));
			return null;
		});
	}

	/**
	 * Counts that somebody is about to sign in with a passkey, whose account is not known
	 * yet.
	 * @param address the address of who does it
	 * @throws TooManyAttemptsException if it is too early
	 */
	public void passkey(String address) {
		count(List.of(Counter.of(this.passkeys, Network.of(address))));
	}

	/**
	 * Takes back what {@link #passkey} has counted, because the passkey was right.
	 * @param address the address of who signed in
	 */
	public void passkeyWasRight(String address) {
		takeBack(Counter.of(this.passkeys, Network.of(address)));
	}

	/**
	 * Counts that somebody is about to sign up.
	 * @param address the address of who does it
	 * @throws TooManyAttemptsException if it is too early
	 */
	public void signUp(String address) {
		count(List.of(Counter.of(this.signUps, Network.of(address))));
	}

	/**
	 * Counts that a user is about to have a photo decoded.
	 * @param username the user's name
	 * @param address the user's address
	 * @throws TooManyAttemptsException if it is too early
	 */
	public void upload(String username, String address) {
		count(List.of(Counter.of(this.networkUploads, Network.of(address)), Counter.of(UPLOADS, username)));
	}

	/**
	 * Counts that a user is about to look for the names of users.
	 * @param username the user's name
	 * @throws TooManyAttemptsException if it is too early
	 */
	public void lookup(String username) {
		count(List.of(Counter.of(LOOKUPS, username)));
	}

	private static String shortened(String username) {
		return (username.length() > MAX_NAME_LENGTH) ? username.substring(0, MAX_NAME_LENGTH) : username;
	}

	/**
	 * Counts an attempt with all counters, or with none where one finds it too early. All
	 * callers have the counters in the same order, so that they cannot wait for each
	 * other for ever.
	 */
	void count(List<Counter> counters) {
		Double wait = inTransaction((status) -> {
			for (Counter counter : counters) {
				Double seconds = count(counter);
				if (seconds != null) {
					status.setRollbackOnly();
					return seconds;
				}
			}
			return null;
		});
		if (wait != null) {
			throw new TooManyAttemptsException(Math.max(1, (long) Math.ceil(wait)));
		}
	}

	/**
	 * Counts an attempt.
	 * @return {@code null}, or how many seconds it is too early
	 */
	private @Nullable Double count(Counter counter) {
		Limit limit = counter.limit();
		int counted = this.jdbc.sql(COUNT)
			.param("free", limit.free())
			.param("longest", seconds(limit.longest()))
			.param("first", seconds(limit.first()))
			.param("drain", seconds(limit.drain()))
			.param("id", counter.id())
			.update();
		if (counted == 1) {
			return null;
		}
		Optional<Double> wait = this.jdbc.sql(
				"select extract(epoch from open_at) - extract(epoch from current_timestamp) from throttle where id = ?")
			.param(counter.id())
			.query(Double.class)
			.optional();
		if (wait.isEmpty()) {
			insert(counter);
		}
		return wait.orElse(null);
	}

	private void insert(Counter counter) {
		this.jdbc.sql(INSERT).param(counter.id()).param(seconds(counter.limit().drain())).update();
	}

	private void takeBack(Counter counter) {
		this.jdbc.sql(TAKE_BACK).param(seconds(counter.limit().drain())).param(counter.id()).update();
	}

	private boolean isKnown(String username, String network) {
		return this.jdbc.sql("select count(*) from throttle where id = ? and clear_at > current_timestamp")
			.param(Counter.of(KNOWN, username, network).id())
			.query(Integer.class)
			.single() > 0;
	}

	private void remember(Counter known) {
		if (this.jdbc.sql(REMEMBER).param(seconds(known.limit().drain())).param(known.id()).update() == 0) {
			insert(known);
		}
	}

	private <T> @Nullable T inTransaction(TransactionCallback<@Nullable T> statements) {
		for (int attempt = 1;; attempt++) {
			try {
				return this.transaction.execute(statements);
			}
			// another request has made the same row: the next try finds it
			catch (DuplicateKeyException ex) {
				if (attempt == TRIES) {
					throw ex;
				}
			}
		}
	}

	private static double seconds(Duration duration) {
		return duration.toSeconds();
	}

	@Scheduled(fixedDelayString = "PT10M")
	void deleteExpired() {
		this.jdbc.sql("delete from throttle where clear_at <= current_timestamp and open_at <= current_timestamp")
			.update();
	}

}

package dev.actionlog.profile;

import java.util.function.Supplier;

import dev.actionlog.database.Database;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The rows of the users, which come into being at the first use. For the library's own
 * modules.
 */
public final class ProfileRows {

	/** It is rare that a profile is deleted while it is made. */
	private static final int ATTEMPTS = 5;

	private final Database database;

	ProfileRows(Database database) {
		this.database = database;
	}

	/**
	 * Makes a user's profile where there is none, without an exception to catch, and runs
	 * what needs it. Both happen in one transaction: the caller's, or one of their own.
	 * @param username the name of the user's principal
	 * @param work the work; {@code null} says that the profile was not there, because
	 * another transaction deleted it in the meantime
	 * @param <T> the type of its result
	 * @return its result
	 */
	public <T> T withProfile(String username, Supplier<@Nullable T> work) {
		return this.database.transaction(() -> {
			T result = null;
			for (int attempt = 0; result == null; attempt++) {
				Assert.state(attempt < ATTEMPTS, "The profile was deleted while it was made");
				this.database.update(insertUnlessThere(), username);
				result = work.get();
			}
			return result;
		});
	}

	/**
	 * Makes a user's profile where there is none, and runs what needs its lock, in one
	 * transaction.
	 * @param username the name of the user's principal
	 * @param work the work
	 */
	public void withLock(String username, Runnable work) {
		withProfile(username, () -> {
			boolean locked = lock(username);
			if (locked) {
				work.run();
			}
			return locked ? true : null;
		});
	}

	/**
	 * Locks a user's profile until the transaction ends, which the caller has begun:
	 * before any of its rows, because one that is being deleted takes them with it.
	 * @param username the name of the user's principal
	 * @return {@code false} if there is no profile
	 */
	public boolean lock(String username) {
		return find(username, this.database.dialect().forUpdate());
	}

	/**
	 * Looks for a user's profile in a transaction of the caller, without waiting for its
	 * lock.
	 * @param username the name of the user's principal
	 * @return {@code false} if there is no profile
	 */
	public boolean exists(String username) {
		return find(username, "");
	}

	/**
	 * Locks a user's profile as {@link #lock} does, unless another transaction has it.
	 * @param username the name of the user's principal
	 * @return {@code false} if there is no profile, or it is locked
	 */
	public boolean lockUnlessLocked(String username) {
		return find(username, this.database.dialect().forUpdate() + " skip locked");
	}

	private boolean find(String username, String lock) {
		return !this.database.sql("select username from actionlog_profile where username = ? " + lock)
			.param(username)
			.query((row, number) -> row.getString(1))
			.list()
			.isEmpty();
	}

	private String insertUnlessThere() {
		return switch (this.database.dialect()) {
			// "merge using" fails where another transaction makes the same row
			case H2 -> "merge into actionlog_profile (username) key (username) values (?)";
			case POSTGRESQL -> "insert into actionlog_profile (username) values (?) on conflict (username) do nothing";
			case MARIADB -> "insert into actionlog_profile (username) values (?)"
					+ " on duplicate key update username = actionlog_profile.username";
		};
	}

	/**
	 * Checks the name of a user before any SQL.
	 * @param username the name of the user's principal
	 * @return the same name
	 * @throws IllegalArgumentException if it is blank, is longer than
	 * {@value UserProfile#MAX_USERNAME_LENGTH}, or has a NUL or half a surrogate pair in
	 * it
	 */
	public static String checked(String username) {
		Assert.isTrue(username != null && username.length() <= UserProfile.MAX_USERNAME_LENGTH && isStorable(username),
				() -> "The name of a user has at most " + UserProfile.MAX_USERNAME_LENGTH
						+ " characters, no NUL and no half of a surrogate pair");
		Assert.hasText(username, "The name of a user must not be blank");
		return username;
	}

	/**
	 * PostgreSQL's driver makes a question mark of half a surrogate pair: the profile of
	 * another user.
	 */
	private static boolean isStorable(String username) {
		return username.codePoints().noneMatch((ch) -> ch == 0 || Character.getType(ch) == Character.SURROGATE);
	}

}

package dev.actionlog.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * A database that cannot be reached, or takes no changes: no mistake, so no stack trace
 * in the log. For the library's own modules.
 */
public final class Unreachable {

	/** More than a pool has connections by default, each of which may be lost. */
	private static final int TRIES = 12;

	private static final long SOON_NANOS = 1_000_000_000;

	/** What HikariCP says where a transaction cannot even be rolled back. */
	private static final String LOST = "Connection is closed";

	/** PostgreSQL that stops, has crashed, or starts. */
	private static final Set<String> STOPPED = Set.of("57P01", "57P02", "57P03");

	/** A transaction that takes no changes; the second is H2's. */
	private static final Set<String> READ_ONLY = Set.of("25006", "90097");

	private Unreachable() {
	}

	/**
	 * Logs a failure: with its stack trace unless it is of this kind.
	 * @param logger where to
	 * @param message what could not be done
	 * @param failure why
	 */
	public static void warn(Log logger, String message, Throwable failure) {
		log(logger, logger::warn, message, failure);
	}

	/**
	 * Logs a failure after which the same is tried again: at a lower level than
	 * {@link #warn} if it is of this kind.
	 * @param logger where to
	 * @param message what could not be done, and when it is tried again
	 * @param failure why
	 */
	public static void info(Log logger, String message, Throwable failure) {
		log(logger, logger::info, message, failure);
	}

	private static void log(Log logger, Consumer<Object> level, String message, Throwable failure) {
		if (isCauseOf(failure)) {
			level.accept(message + " (" + reason(failure) + ")");
		}
		else {
			logger.error(message, failure);
		}
	}

	private static String reason(Throwable failure) {
		String reason = failure.toString();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException) {
				reason = String.valueOf(cause.getMessage());
			}
		}
		return reason.lines().findFirst().orElse("");
	}

	/**
	 * Whether a failure is of this kind.
	 * @param failure what was thrown
	 * @return {@code true} if it is no mistake
	 */
	public static boolean isCauseOf(Throwable failure) {
		return isWaitedFor(failure) || isLost(failure)
				|| any(failure, (cause) -> cause instanceof SQLException sql && READ_ONLY.contains(state(sql)));
	}

	/**
	 * Whether no connection could be had.
	 */
	private static boolean isWaitedFor(Throwable failure) {
		return any(failure, (cause) -> cause instanceof CannotGetJdbcConnectionException
				|| cause instanceof CannotCreateTransactionException);
	}

	private static boolean isLost(Throwable failure) {
		return any(failure,
				(cause) -> cause instanceof DataAccessResourceFailureException
						|| cause instanceof SQLNonTransientConnectionException
						|| (cause instanceof SQLException sql && (state(sql).startsWith("08")
								|| STOPPED.contains(state(sql)) || LOST.equals(sql.getMessage()))));
	}

	/**
	 * Runs work that may be done twice, and once more where its connection was lost: a
	 * server that was restarted is noticed by whoever uses a connection next. That is
	 * tried while it takes no time. Who got no connection has waited for one already.
	 */
	static <T extends @Nullable Object> T tryAgain(Supplier<T> work) {
		long begin = System.nanoTime();
		for (int attempt = 1;; attempt++) {
			try {
				return work.get();
			}
			catch (RuntimeException ex) {
				if (isWaitedFor(ex) || !isLost(ex) || attempt == TRIES || System.nanoTime() - begin > SOON_NANOS) {
					throw ex;
				}
			}
		}
	}

	private static boolean any(Throwable failure, Predicate<Throwable> condition) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (condition.test(cause)) {
				return true;
			}
		}
		return false;
	}

	private static String state(SQLException failure) {
		String state = failure.getSQLState();
		return (state != null) ? state : "";
	}

}

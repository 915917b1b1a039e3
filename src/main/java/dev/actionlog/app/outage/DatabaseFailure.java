package dev.actionlog.app.outage;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells the failures that are the database's own from mistakes of the application.
 */
public final class DatabaseFailure {

	/** PostgreSQL that stops, has crashed, or starts. */
	private static final Set<String> STOPPED = Set.of("57P01", "57P02", "57P03");

	/**
	 * What the pool says, without a state, where a transaction cannot even be rolled
	 * back.
	 */
	private static final String LOST = "Connection is closed";

	/** A transaction that takes no changes; the second is H2's. */
	private static final Set<String> READ_ONLY = Set.of("25006", "90097");

	private DatabaseFailure() {
	}

	/**
	 * Whether the database cannot be reached, or the connection to it was lost.
	 * @param failure what was thrown
	 * @return {@code false} if the database has answered
	 */
	public static boolean isUnreachable(@Nullable Throwable failure) {
		return any(failure,
				(cause) -> cause instanceof DataAccessResourceFailureException
						|| cause instanceof CannotCreateTransactionException
						|| cause instanceof SQLNonTransientConnectionException
						|| (cause instanceof SQLException sql && isOfConnection(sql)));
	}

	private static boolean isOfConnection(SQLException failure) {
		String state = state(failure);
		return state.startsWith("08") || STOPPED.contains(state) || LOST.equals(failure.getMessage())
				|| isOfFile(failure);
	}

	/**
	 * Whether H2 could not write its file: the disk is full, say.
	 */
	private static boolean isOfFile(Throwable failure) {
		return NestedExceptionUtils.getMostSpecificCause(failure) instanceof IOException;
	}

	/**
	 * Whether all connections of the pool were in use.
	 */
	static boolean isBusy(Throwable failure) {
		return any(failure, WatchedPool.BusyPoolException.class::isInstance);
	}

	/**
	 * Whether the database has not answered within the limit of the socket.
	 */
	static boolean isSilence(Throwable failure) {
		return any(failure, SocketTimeoutException.class::isInstance);
	}

	/**
	 * Whether the database takes no changes, as a standby that others follow.
	 * @param failure what was thrown
	 * @return {@code true} if it can be read still
	 */
	public static boolean isReadOnly(@Nullable Throwable failure) {
		return any(failure, (cause) -> cause instanceof SQLException sql && READ_ONLY.contains(state(sql)));
	}

	/**
	 * What the database, its driver or the pool says.
	 */
	static String reason(Throwable failure) {
		String reason = failure.toString();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException) {
				reason = String.valueOf(cause.getMessage());
			}
		}
		return reason.lines().findFirst().orElse("");
	}

	private static boolean any(@Nullable Throwable failure, Predicate<Throwable> condition) {
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

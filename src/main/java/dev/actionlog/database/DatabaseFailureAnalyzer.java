package dev.actionlog.database;

import java.sql.SQLException;

import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why an application cannot start on its database: the library does not work with
 * it, tables are missing (found by {@link DatabaseInspection} or by Hibernate's
 * validation), the H2 file is in use or damaged, or the database cannot be reached.
 */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

	private static final int H2_DATABASE_ALREADY_OPEN = 90020;

	private static final int H2_FILE_CORRUPTED = 90030;

	private static final int H2_FILE_VERSION_ERROR = 90048;

	/** Nobody listens, the network fails, and so on. */
	private static final String CONNECTION_EXCEPTIONS = "08";

	private static final String POSTGRESQL_IS_STARTING = "57P03";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
		for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
			FailureAnalysis analysis = (failure instanceof SQLException sql) ? of(sql) : null;
			if (analysis != null) {
				return analysis;
			}
			if (failure instanceof SchemaManagementException
					&& String.valueOf(failure.getMessage()).contains("actionlog_")) {
				failure = UnusableDatabaseException.missingTable(failure);
			}
			if (failure instanceof UnusableDatabaseException unusable) {
				return new FailureAnalysis(unusable.getProblem() + ".", unusable.getAction(), unusable);
			}
		}
		return null;
	}

	private static @Nullable FailureAnalysis of(SQLException failure) {
		return switch (failure.getErrorCode()) {
			case H2_DATABASE_ALREADY_OPEN -> new FailureAnalysis("The H2 database file is in use by another process.",
					"Stop the other process, or give this one a file or a server of its own"
							+ " with spring.datasource.url.",
					failure);
			case H2_FILE_CORRUPTED, H2_FILE_VERSION_ERROR ->
				new FailureAnalysis("The H2 database file is damaged, or another version of H2 has made it.",
						"Put a back-up in its place, or move it away to begin anew. H2's program org.h2.tools.Recover"
								+ " writes what it can read of the file into a script.",
						failure);
			default -> isUnreachable(String.valueOf(failure.getSQLState()))
					? new FailureAnalysis("The database cannot be reached: " + failure.getMessage(),
							"Start the database, or correct spring.datasource.url.", failure)
					: null;
		};
	}

	private static boolean isUnreachable(String state) {
		return state.startsWith(CONNECTION_EXCEPTIONS) || state.equals(POSTGRESQL_IS_STARTING);
	}

}

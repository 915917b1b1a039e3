package dev.actionlog.database;

import java.sql.SQLException;

import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why an application cannot start on its database: the library does not work with
 * it, tables are missing (found by {@link DatabaseInspection} or by Hibernate's
 * validation), or the H2 file is in use.
 */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

	private static final int H2_DATABASE_ALREADY_OPEN = 90020;

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
		for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
			if (failure instanceof SQLException sql && sql.getErrorCode() == H2_DATABASE_ALREADY_OPEN) {
				return new FailureAnalysis("The H2 database file is in use by another process.",
						"Stop the other process, or give this one a file or a server of its own"
								+ " with spring.datasource.url.",
						failure);
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

}

package dev.actionlog.database;

import java.sql.SQLException;

import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says in one sentence why an application cannot start on its tables: they are missing
 * (found by Hibernate's validation or by {@link DatabaseCheck}), or the H2 file is in
 * use.
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
			if (failure instanceof MissingTableException || (failure instanceof SchemaManagementException management
					&& String.valueOf(management.getMessage()).contains("actionlog_"))) {
				return new FailureAnalysis(
						"A table of actionlog is missing, or is not as its script makes it: " + rootMessage(failure),
						"Apply " + DatabaseInitializer.SCRIPT + " to the database (with Flyway: add"
								+ " classpath:dev/actionlog/database to spring.flyway.locations), or set"
								+ " actionlog.database.initialize=always.",
						failure);
			}
		}
		return null;
	}

	private static @Nullable String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root.getMessage();
	}

}

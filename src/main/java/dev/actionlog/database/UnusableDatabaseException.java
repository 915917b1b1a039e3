package dev.actionlog.database;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * The library does not work with the database, or its tables are missing. The message
 * says so, and the action what to do.
 */
class UnusableDatabaseException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String problem;

	private final String action;

	private UnusableDatabaseException(String problem, String action, @Nullable Throwable cause) {
		super(problem + ". " + action, cause);
		this.problem = problem;
		this.action = action;
	}

	static UnusableDatabaseException unknownProduct(String name) {
		return new UnusableDatabaseException("actionlog works with H2 and PostgreSQL, and this database is " + name,
				"Give the application one of them before it uses the library.", null);
	}

	static UnusableDatabaseException missingTable(Throwable cause) {
		return new UnusableDatabaseException(
				"A table of actionlog is missing, or is not as its script makes it ("
						+ NestedExceptionUtils.getMostSpecificCause(cause).getMessage() + ")",
				"Apply " + ScriptInitializer.SCRIPT + " (with Flyway: add classpath:dev/actionlog/database to"
						+ " spring.flyway.locations), or set actionlog.database.initialize=always.",
				cause);
	}

	String getProblem() {
		return this.problem;
	}

	String getAction() {
		return this.action;
	}

}

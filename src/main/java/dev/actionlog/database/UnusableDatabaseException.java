package dev.actionlog.database;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * The library does not work with the database, or its tables are missing. The message
 * says so, and the action what to do.
 */
class UnusableDatabaseException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	/**
	 * Right also where the setting is what it names, and the table was made elsewhere.
	 */
	private static final String APPLY = "Apply R__actionlog.sql in classpath:dev/actionlog/database/{vendor}"
			+ " (with Flyway: add that folder to spring.flyway.locations as it stands here). With"
			+ " actionlog.database.initialize=always each start applies it, in the primary DataSource. The tables"
			+ " belong into the schema that a connection has by default: hibernate.default_schema does not count,"
			+ " the URL does.";

	private final String problem;

	private final String action;

	private UnusableDatabaseException(String problem, String action, @Nullable Throwable cause) {
		super(problem + ". " + action, cause);
		this.problem = problem;
		this.action = action;
	}

	static UnusableDatabaseException unknownProduct(String name) {
		return new UnusableDatabaseException(
				"actionlog works with H2, PostgreSQL, MariaDB and MySQL, and this database is " + name,
				"Give the application one of them before it uses the library.", null);
	}

	static UnusableDatabaseException inexactNames(List<String> collations) {
		return new UnusableDatabaseException("The tables of actionlog compare the names of users with " + collations
				+ ", which takes one name for another", "Drop them. " + APPLY, null);
	}

	static UnusableDatabaseException missingTable(Throwable cause) {
		return new UnusableDatabaseException("A table of actionlog is missing, or is not as its script makes it ("
				+ NestedExceptionUtils.getMostSpecificCause(cause).getMessage() + ")", APPLY, cause);
	}

	String getProblem() {
		return this.problem;
	}

	String getAction() {
		return this.action;
	}

}

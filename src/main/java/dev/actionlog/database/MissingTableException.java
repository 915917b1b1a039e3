package dev.actionlog.database;

/**
 * A table of the library is missing, or is not as the script makes it.
 */
class MissingTableException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	MissingTableException(Throwable cause) {
		super("A table of actionlog is missing: apply " + DatabaseInitializer.SCRIPT
				+ ", or set actionlog.database.initialize=always", cause);
	}

}

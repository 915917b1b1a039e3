package dev.actionlog.bench;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The data that is measured on: users who have recorded {@value #KEEP} actions each.
 */
final class Data {

	/** The usual number of users. */
	static final int USERS = 1_000;

	/** How many actions are kept: the library's default. */
	static final int KEEP = 10;

	/** The message code of what is recorded and sent. */
	static final String MESSAGE = "photo.changed";

	/** What the message's pattern takes. */
	static final String ARGUMENT = "Holiday";

	private Data() {
	}

	static String user(int number) {
		return "user" + number;
	}

	/**
	 * Makes the library's rows anew.
	 */
	static void fill(JdbcClient jdbc, int users) {
		jdbc.sql("truncate actionlog_profile cascade").update();
		jdbc.sql("""
				insert into actionlog_profile (username, slots, written)
				select 'user' || u, :keep, :keep from generate_series(1, :users) u
				""").param("keep", KEEP).param("users", users).update();
		// written in turn, so that the rows of one user lie on ten pages
		for (int number = 1; number <= KEEP; number++) {
			jdbc.sql("""
					insert into actionlog_action (username, slot, number, recorded_at, message, args)
					select username, :number % :keep, :number, now() - make_interval(mins => :keep - :number),
						:message, :argument || ' ' || :number || chr(31)
					from actionlog_profile order by username
					""")
				.param("number", number)
				.param("keep", KEEP)
				.param("message", MESSAGE)
				.param("argument", ARGUMENT)
				.update();
		}
		settle(jdbc);
	}

	/**
	 * Does now what the server would otherwise do while something is measured.
	 */
	static void settle(JdbcClient jdbc) {
		jdbc.sql("vacuum analyze").update();
		jdbc.sql("checkpoint").update();
	}

}

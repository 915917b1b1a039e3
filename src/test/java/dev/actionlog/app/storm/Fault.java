package dev.actionlog.app.storm;

/**
 * What befell a node or the database.
 *
 * @param kind what it was
 * @param node the number of the node, or -1 for the database
 * @param begin when it began, in the nanoseconds of {@link System#nanoTime}
 * @param end when it was over
 */
record Fault(Kind kind, int node, long begin, long end) {

	boolean overlaps(long from, long to) {
		return this.begin <= to && this.end >= from;
	}

	boolean beginsIn(long from, long to) {
		return this.begin >= from && this.begin <= to;
	}

	enum Kind {

		KILLED, PAUSED, CONNECTIONS_ENDED, DATABASE_RESTARTED

	}

}

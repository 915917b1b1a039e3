package dev.actionlog.app.throttle;

import dev.actionlog.app.Hashes;

/**
 * A counter of attempts: a row of the table.
 *
 * @param limit the limit of the attempts
 * @param id the row's key: a hash, so that a name of any length has a short one, and
 * neither names nor addresses are stored
 */
record Counter(Limit limit, String id) {

	static Counter of(Limit limit, String... subject) {
		return new Counter(limit, Hashes.of(limit.name() + '\n' + String.join("\n", subject)));
	}

}

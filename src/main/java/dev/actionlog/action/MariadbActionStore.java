package dev.actionlog.action;

import dev.actionlog.database.Database;
import dev.actionlog.profile.ProfileRows;

/**
 * The log of each user in MariaDB and MySQL.
 * <p>
 * The profile is made by the statement that locks it: to look for a row that is not there
 * would lock the gap between its neighbours at {@code REPEATABLE READ}, where two new
 * users would block each other. Neither statement reads a snapshot, so both are exact at
 * that isolation, too.
 */
class MariadbActionStore extends ActionStore {

	MariadbActionStore(Database database, ProfileRows profiles, int defaultKeep) {
		super(database, profiles, defaultKeep);
	}

	@Override
	protected boolean write(String username, Action action) {
		return this.database.transaction(() -> {
			this.database.update("""
					insert into actionlog_profile (username, slots, written) values (?, ?, 1)
					on duplicate key update written = written
						+ case when slots > 0 and slots = coalesce(keep, ?) then 1 else 0 end
					""", username, this.defaultKeep, this.defaultKeep);
			return this.database.sql("""
					insert into actionlog_action (username, slot, number, recorded_at, message, args, link)
					select username, mod(written, slots), written, ?, ?, ?, ? from actionlog_profile
					where username = ? and slots > 0 and slots = coalesce(keep, ?)
					on duplicate key update number = values(number), recorded_at = values(recorded_at),
						message = values(message), args = values(args), link = values(link)
					""").params(values(action)).params(username, this.defaultKeep).update() > 0;
		});
	}

}

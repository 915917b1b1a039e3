package dev.actionlog.action;

import dev.actionlog.database.Database;
import dev.actionlog.profile.ProfileRows;

/**
 * The log of each user in PostgreSQL, where recording is one statement: its update of the
 * profile takes the lock and the next number, and its insert writes over the slot of the
 * ring. {@code on conflict do update} sees the row that another writer has committed
 * since the statement began; that is why it is exact at {@code READ COMMITTED}.
 */
class PostgresqlActionStore extends ActionStore {

	PostgresqlActionStore(Database database, ProfileRows profiles, int defaultKeep) {
		super(database, profiles, defaultKeep);
	}

	@Override
	protected boolean write(String username, Action action) {
		return this.database.write(() -> this.database.sql("""
				with p as (
					update actionlog_profile set written = written + 1
					where username = ? and slots > 0 and slots = coalesce(keep, ?)
					returning username, written, slots)
				insert into actionlog_action (username, slot, number, recorded_at, message, args, link)
				select p.username, p.written % p.slots, p.written, ?, ?, ?, ? from p
				on conflict (username, slot) do update set number = excluded.number,
					recorded_at = excluded.recorded_at, message = excluded.message, args = excluded.args,
					link = excluded.link
				""").params(username, this.defaultKeep).params(values(action)).update()) == 1;
	}

}

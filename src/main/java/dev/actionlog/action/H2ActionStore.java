package dev.actionlog.action;

import java.util.Optional;

import dev.actionlog.database.Database;
import dev.actionlog.profile.ProfileRows;

/**
 * The log of each user in H2. One statement that updates the profile and merges the
 * action would throw duplicate keys where several threads write.
 */
class H2ActionStore extends ActionStore {

	H2ActionStore(Database database, ProfileRows profiles, int defaultKeep) {
		super(database, profiles, defaultKeep);
	}

	@Override
	protected boolean write(String username, Action action) {
		return this.database.transaction(() -> {
			Optional<Layout> layout = this.database.sql("""
					select keep, slots, written from final table (
						update actionlog_profile set written = written + 1
						where username = ? and slots > 0 and slots = coalesce(keep, ?))
					""").params(username, this.defaultKeep).query(Layout::of).optional();
			layout.ifPresent((ring) -> this.database.sql("""
					merge into actionlog_action (username, slot, number, recorded_at, message, args, link)
					key (username, slot) values (?, ?, ?, ?, ?, ?, ?)
					""")
				.params(username, ring.written() % ring.slots(), ring.written())
				.params(values(action))
				.update());
			return layout.isPresent();
		});
	}

}

package dev.actionlog.flash;

import dev.actionlog.database.Database;
import dev.actionlog.profile.ProfileRows;

/**
 * The messages of a user, as rows in MariaDB and MySQL, where the profile is made by the
 * statement that locks it: to look for a row that is not there would lock the gap between
 * its neighbours at {@code REPEATABLE READ}, where two new users would block each other.
 */
class MariadbFlashStorage extends UserFlashStorage {

	MariadbFlashStorage(String username, Database database, ProfileRows profiles, FlashPolicy policy) {
		super(username, database, profiles, policy);
	}

	@Override
	protected boolean takeNumber() {
		this.database.update("""
				insert into actionlog_profile (username, sent) values (?, 1)
				on duplicate key update sent = sent + 1
				""", this.username);
		return true;
	}

}

package dev.actionlog.profile;

import java.util.List;

import dev.actionlog.database.Database;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * Deletes and renames profiles. An application calls it when one of its users is deleted
 * or gets another name; all else happens by itself.
 * <p>
 * Both methods join the caller's transaction; without one they make their own. Names of
 * users are compared exactly; a name that is blank, is longer than
 * {@value UserProfile#MAX_USERNAME_LENGTH} or has a NUL or half a surrogate pair in it is
 * an {@link IllegalArgumentException}. To write in a read-only transaction is an
 * {@link IllegalStateException}, before any SQL. Both lock the user's messages first and
 * the profile second.
 */
public class ProfileService {

	private final Database database;

	ProfileService(Database database) {
		this.database = database;
	}

	/**
	 * Deletes a user's profile with everything that hangs off it. Nothing happens where
	 * there is none.
	 * @param username the name of the user's principal
	 */
	public void delete(String username) {
		ProfileRows.checked(username);
		this.database.transaction(() -> {
			if (lock(username)) {
				this.database.update("delete from actionlog_profile where username = ?", username);
			}
			return null;
		});
	}

	/**
	 * Gives a profile, with everything that hangs off it, another name. Nothing happens
	 * where there is none. A page that is being rendered for the old name may show its
	 * messages again.
	 * @param from the old name of the user's principal
	 * @param to the new name of the user's principal
	 * @throws DataIntegrityViolationException if another profile has the new name
	 */
	public void rename(String from, String to) {
		ProfileRows.checked(from);
		ProfileRows.checked(to);
		this.database.transaction(() -> {
			// what another transaction writes is copied, or comes later and belongs to
			// the old name
			if (lock(from) && !from.equals(to)) {
				copy(from, to);
				this.database.update("delete from actionlog_profile where username = ?", from);
			}
			return null;
		});
	}

	/**
	 * Locks a profile, and its messages before it. A transaction that has claimed them
	 * may go on to lock the profile, so the other order could deadlock with it.
	 * <p>
	 * Both are looked for first and then locked by their keys. MariaDB would lock the gap
	 * where nothing is found, or after the last, in which others could not write.
	 * @return {@code false} if there is no profile
	 */
	private boolean lock(String username) {
		String profile = "select username from actionlog_profile where username = ?";
		List<Long> numbers = this.database.sql("select number from actionlog_flash where username = ?")
			.param(username)
			.query((row, number) -> row.getLong(1))
			.list();
		if (numbers.isEmpty()) {
			return exists(profile, username) && exists(profile + " for update", username);
		}
		this.database
			.sql("select number from " + this.database.dialect().byKey("actionlog_flash")
					+ " where username = :username and number in (:numbers) order by number for update")
			.param("username", username)
			.param("numbers", numbers)
			.query(Long.class)
			.list();
		return exists(profile + " for update", username);
	}

	private boolean exists(String profile, String username) {
		return !this.database.sql(profile).param(username).query((row, number) -> row.getString(1)).list().isEmpty();
	}

	/**
	 * Copies the rows of a user. The key is not updated in place because that would move
	 * the rows to another partition or shard, which not every engine does.
	 */
	private void copy(String from, String to) {
		this.database.update("""
				insert into actionlog_profile (username, keep, slots, written, sent)
				select ?, keep, slots, written, sent from actionlog_profile where username = ?
				""", to, from);
		this.database.update("""
				insert into actionlog_action (username, slot, number, recorded_at, message, args, link)
				select ?, slot, number, recorded_at, message, args, link from actionlog_action where username = ?
				""", to, from);
		this.database.update(
				"""
						insert into actionlog_flash (username, number, level, message, args, link, tags, message_key, action_label,
							action_path, sent_at, expires_at, announcement, claim_token, claimed_until)
						select ?, number, level, message, args, link, tags, message_key, action_label,
							action_path, sent_at, expires_at, announcement, claim_token, claimed_until
						from actionlog_flash where username = ?
						""",
				to, from);
		this.database.update(
				"""
						insert into actionlog_shown (username, number, level, message, args, link, tags, message_key, action_label,
							action_path, sent_at, shown_at)
						select ?, number, level, message, args, link, tags, message_key, action_label,
							action_path, sent_at, shown_at from actionlog_shown where username = ?
						""",
				to, from);
		this.database.update("""
				insert into actionlog_recipient (username, announcement, copied_at, seen_at)
				select ?, announcement, copied_at, seen_at from actionlog_recipient where username = ?
				""", to, from);
	}

}

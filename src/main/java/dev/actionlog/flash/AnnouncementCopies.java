package dev.actionlog.flash;

import java.util.List;

import dev.actionlog.database.Database;

/**
 * What a user has had of the announcements: a row for each that names the user or was
 * copied for the user, which says when that was, and when the user had seen it.
 */
class AnnouncementCopies {

	/**
	 * The announcements of which a user has no copy yet, as messages without a number.
	 */
	static final String MISSING = "select null, " + MessageColumns.ALL + """
			, begins_at, ends_at, id, translations
			from actionlog_announcement a left join actionlog_recipient r on r.announcement = a.id and r.username = ?
			where a.ends_at > ? and a.begins_at <= ? and a.withdrawn_at is null and r.copied_at is null
				and (r.username is not null or a.recipients is null)
			""";

	/**
	 * The users with some {@code :names} who lack the copy of one at the time
	 * {@code :now}.
	 */
	static final String USERS_WITHOUT = """
			select p.username from actionlog_announcement a join actionlog_profile p on p.username in (:names)
				left join actionlog_recipient r on r.announcement = a.id and r.username = p.username
			where a.ends_at > :now and a.begins_at <= :now and a.withdrawn_at is null and r.copied_at is null
				and (r.username is not null or a.recipients is null)
			""";

	private final String username;

	private final Database database;

	private final FlashPolicy policy;

	AnnouncementCopies(String username, Database database, FlashPolicy policy) {
		this.username = username;
		this.database = database;
		this.policy = policy;
	}

	/**
	 * The parameters of {@link #MISSING}.
	 */
	List<Object> missingParams() {
		Object now = now();
		return List.of(this.username, now, now);
	}

	/**
	 * Notes that an announcement is copied, under the lock of the profile.
	 * @return {@code false} if it was before
	 */
	boolean isFirst(String announcement) {
		name(announcement);
		return this.database.update("""
				update actionlog_recipient set copied_at = ?
				where username = ? and announcement = ? and copied_at is null
				""", now(), this.username, announcement) == 1;
	}

	/**
	 * Names the user as one of those that an announcement is for, under the lock of the
	 * profile. Nothing happens where that is done already.
	 */
	void name(String announcement) {
		String insertUnlessThere = switch (this.database.dialect()) {
			case H2 ->
				"merge into actionlog_recipient (username, announcement) key (username, announcement) values (?, ?)";
			case POSTGRESQL ->
				"insert into actionlog_recipient (username, announcement) values (?, ?) on conflict do nothing";
			// where there is no row, an update alone would lock the gap
			case MARIADB -> "insert ignore into actionlog_recipient (username, announcement) values (?, ?)";
		};
		this.database.update(insertUnlessThere, this.username, announcement);
	}

	/**
	 * Notes that the user has seen an announcement.
	 */
	void seen(String announcement) {
		this.database.update("update actionlog_recipient set seen_at = ? where username = ? and announcement = ?",
				now(), this.username, announcement);
	}

	private Object now() {
		return this.database.dialect().timestamp(this.policy.now());
	}

}

package dev.actionlog.flash;

import java.util.List;

import dev.actionlog.database.Database;
import dev.actionlog.database.Dialect;
import dev.actionlog.profile.ProfileRows;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a user, as rows in PostgreSQL, where adding is one statement, and so is
 * claiming. An array is made once, where the planner may run {@code in (select ...)}
 * again for each row.
 */
class PostgresqlFlashStorage extends UserFlashStorage {

	/**
	 * All parts see the rows as they were before. Messages are locked after the profile
	 * (p), in the order in which every writer locks. The new message is not stored if
	 * {@code max-pending} messages of higher levels wait already.
	 */
	private static final String INSERT = """
			with p as (update actionlog_profile set sent = sent + 1 where username = ? returning username, sent),
			waiting as (
				select count(*) as messages, count(*) filter (where level > ?) as higher
				from actionlog_flash where username = ? and expires_at > ? and %1$s),
			deleted as (
				delete from actionlog_flash where username = ? and number = any(array(
					select f.number from p, actionlog_flash f where f.username = ? and expires_at <= ? and %1$s
					for update of f skip locked) || array(
					select f.number from p, actionlog_flash f where f.username = ? and expires_at > ? and %1$s
					order by level, number
					limit (select greatest(messages + (higher < ?)::integer - ?, 0) from waiting)
					for update of f skip locked))
				returning expires_at),
			added as (
				insert into actionlog_flash (username, %2$s)
				select p.username, p.sent, %3$s, ?, ?, ? from p, waiting where waiting.higher < ?
				returning number)
			select (select count(*) from p) as profiles, (select count(*) from added) as added, count(*) as deleted,
				count(*) filter (where expires_at <= ?) as expired
			from deleted
			""".formatted(unclaimed(Dialect.POSTGRESQL), NumberedMessage.COLUMNS, MessageColumns.PARAMETERS);

	/** The clock is the database's, and seconds do not depend on a time zone. */
	private static final String CLAIM = """
			with claimed as (
				update actionlog_flash set claim_token = ?,
					claimed_until = statement_timestamp() + cast(? as bigint) * interval '1' second
				where username = ? and number = any(array(
					select number from actionlog_flash where username = ? and expires_at > ? and %1$s
					order by number for update skip locked))
				returning %2$s)
			select %2$s, null as translations from claimed union all %3$s
			""".formatted(waits(Dialect.POSTGRESQL), NumberedMessage.COLUMNS, AnnouncementCopies.MISSING);

	/** The newest few are kept by the time at which they were shown. */
	private static final String SHOWN = """
			with gone as (
				delete from actionlog_flash where username = ? and number = any(?) and claim_token = ?
				returning username, number, %1$s, sent_at, announcement),
			seen as (
				update actionlog_recipient set seen_at = ?
				where username = ? and announcement in (select announcement from gone)),
			kept as (
				insert into actionlog_shown (username, number, %1$s, sent_at, shown_at)
				select username, number, %1$s, sent_at, ? from gone order by number desc limit ?),
			surplus as (
				delete from actionlog_shown where username = ? and number = any(array(
					select number from actionlog_shown where username = ? order by shown_at desc, number desc
					offset greatest(? - (select count(*) from gone), 0))))
			select count(*) from gone
			""".formatted(MessageColumns.ALL);

	PostgresqlFlashStorage(String username, Database database, ProfileRows profiles, FlashPolicy policy) {
		super(username, database, profiles, policy);
	}

	@Override
	protected boolean insert(FlashMessage message, @Nullable String announcement) {
		if (message.key() == null) {
			return insertUnreplaced(message, announcement);
		}
		return this.database.transaction(() -> {
			// so that the statements that follow see what the sender before has written
			boolean locked = this.profiles.lock(this.username);
			if (locked) {
				deleteReplaced(message.key());
				insertUnreplaced(message, announcement);
			}
			return locked;
		});
	}

	private boolean insertUnreplaced(FlashMessage message, @Nullable String announcement) {
		Object now = timestamp(this.policy.now());
		// a copy is claimed next, so it does not count
		int maximum = (announcement != null) ? Integer.MAX_VALUE : this.policy.maxPending();
		int level = message.level().value();
		return this.database.write(() -> this.database.sql(INSERT)
			.params(this.username, level, this.username, now, this.username, this.username, now, this.username, now,
					maximum, maximum)
			.params(values(message, announcement))
			.params(maximum, now)
			.query((row, number) -> {
				long profiles = row.getLong("profiles");
				long expired = row.getLong("expired");
				countDeleted(expired, row.getLong("deleted") - expired + profiles - row.getLong("added"));
				return profiles == 1;
			})
			.single());
	}

	@Override
	protected FoundMessages claim(String token) {
		return this.database.write(() -> this.database.sql(CLAIM)
			.params(token, this.policy.lease().toSeconds(), this.username, this.username, timestamp(this.policy.now()))
			.params(this.copies.missingParams())
			.query(this::read));
	}

	@Override
	protected int shown(String token, List<NumberedMessage> rows) {
		Object now = timestamp(this.policy.now());
		Long[] numbers = rows.stream().map(NumberedMessage::number).toArray(Long[]::new);
		int keep = this.policy.keep();
		return this.database.write(() -> this.database.sql(SHOWN)
			.params(this.username, numbers, token, now, this.username, now, keep, this.username, this.username, keep)
			.query((row, number) -> row.getInt(1))
			.single());
	}

}

package dev.actionlog.flash;

import java.util.List;

import dev.actionlog.database.Database;
import dev.actionlog.database.Dialect;
import dev.actionlog.profile.ProfileRows;

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
				insert into actionlog_flash (username, number, level, message, args, link, tags, sent_at, expires_at)
				select p.username, p.sent, ?, ?, ?, ?, ?, ?, ? from p, waiting where waiting.higher < ?
				returning number)
			select (select count(*) from p) as profiles, (select count(*) from added) as added, count(*) as deleted,
				count(*) filter (where expires_at <= ?) as expired
			from deleted
			""".formatted(unclaimed(Dialect.POSTGRESQL));

	/** The clock is the database's, and seconds do not depend on a time zone. */
	private static final String CLAIM = """
			update actionlog_flash set claim_token = ?,
				claimed_until = statement_timestamp() + cast(? as bigint) * interval '1' second
			where username = ? and number = any(array(
				select number from actionlog_flash where username = ? and expires_at > ? and %s
				order by number for update skip locked))
			returning %s
			""".formatted(unclaimed(Dialect.POSTGRESQL), COLUMNS);

	PostgresqlFlashStorage(String username, Database database, ProfileRows profiles, FlashPolicy policy) {
		super(username, database, profiles, policy);
	}

	@Override
	protected boolean insert(FlashMessage message) {
		Object now = timestamp(this.policy.now());
		int maximum = this.policy.maxPending();
		int level = message.level().value();
		return this.database.write(() -> this.database.sql(INSERT)
			.params(this.username, level, this.username, now, this.username, this.username, now, this.username, now,
					maximum, maximum)
			.params(values(message))
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
	protected List<Row> claim(String token) {
		return this.database.write(() -> this.database.sql(CLAIM)
			.params(token, this.policy.lease().toSeconds(), this.username, this.username, timestamp(this.policy.now()))
			.query(this::row)
			.list());
	}

}

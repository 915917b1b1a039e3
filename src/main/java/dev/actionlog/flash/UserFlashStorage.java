package dev.actionlog.flash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import dev.actionlog.database.Database;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.text.TextColumns;

/**
 * The messages of a user, as rows, in portable SQL.
 * <p>
 * The database's clock, which all nodes share, decides whether a lease has ended; on H2
 * it stands still in a transaction, so that there a lease begins with the transaction.
 * Rows that a page holds, or that another transaction is about to hold, are left to it:
 * no statement here waits for one of them.
 */
class UserFlashStorage implements FlashStorage {

	protected static final String COLUMNS = "number, level, message, args, link, tags, sent_at, expires_at";

	protected static final String UNCLAIMED = "(claimed_until is null or claimed_until <= current_timestamp)";

	protected final String username;

	protected final Database database;

	protected final FlashPolicy policy;

	private final ProfileRows profiles;

	UserFlashStorage(String username, Database database, ProfileRows profiles, FlashPolicy policy) {
		this.username = ProfileRows.checked(username);
		this.database = database;
		this.profiles = profiles;
		this.policy = policy;
	}

	@Override
	public void add(FlashMessage message) {
		store(message);
		this.database.afterCommit(() -> this.policy.count("sent", 1));
	}

	/**
	 * Makes rows of what the user left in the session before signing in.
	 */
	void adopt(SessionFlashStorage session) {
		if (session.isEmpty() || this.database.isReadOnly()) {
			return;
		}
		Map<String, FlashMessage> messages = session.take();
		try {
			this.database.transaction(() -> {
				messages.values().forEach(this::store);
				return true;
			});
		}
		catch (RuntimeException ex) {
			session.putBack(messages);
			throw ex;
		}
		this.database.afterRollback(() -> session.putBack(messages));
	}

	private void store(FlashMessage message) {
		if (!insert(message)) {
			this.profiles.withProfile(this.username, () -> insert(message) ? message : null);
		}
	}

	/**
	 * Adds a message as the user's next, and deletes what has expired and what is beyond
	 * the bound: the lowest level first, then the oldest.
	 * @return {@code false} if there is no profile
	 */
	protected boolean insert(FlashMessage message) {
		return this.database.transaction(() -> {
			int inserted = this.database
				.sql("""
						insert into actionlog_flash (username, number, level, message, args, link, tags, sent_at, expires_at)
						select username, sent, ?, ?, ?, ?, ?, ?, ?
						from final table (update actionlog_profile set sent = sent + 1 where username = ?)
						""")
				.params(values(message))
				.param(this.username)
				.update();
			if (inserted == 1) {
				deleteSurplus();
			}
			return inserted == 1;
		});
	}

	/**
	 * The values of the columns of a message, from the level on.
	 */
	protected static List<Object> values(FlashMessage message) {
		List<Object> values = new ArrayList<>();
		values.add(message.level().value());
		values.addAll(TextColumns.values(message.text()));
		values.add(message.extraTags());
		values.add(utc(message.sentAt()));
		values.add(utc(message.expiresAt()));
		return values;
	}

	/**
	 * Looks before it deletes: most of the time there is nothing, and H2 would rank the
	 * rows again for each of them.
	 */
	private void deleteSurplus() {
		OffsetDateTime now = utc(this.policy.now());
		List<Long> surplus = this.database.sql("""
				select number from (
					select number, expires_at, row_number() over (
						order by case when expires_at > ? then 0 else 1 end, level desc, number desc) as place
					from actionlog_flash where username = ? and %s) waiting
				where expires_at <= ? or place > ?
				""".formatted(UNCLAIMED))
			.params(now, this.username, now, this.policy.maxPending())
			.query((row, number) -> row.getLong("number"))
			.list();
		if (!surplus.isEmpty()) {
			List<OffsetDateTime> deleted = this.database.sql("""
					select expires_at from old table (delete from actionlog_flash
						where username = :username and number in (select number from actionlog_flash
							where username = :username and number in (:numbers) and %s for update skip locked))
					""".formatted(UNCLAIMED))
				.param("username", this.username)
				.param("numbers", surplus)
				.query((row, number) -> row.getObject(1, OffsetDateTime.class))
				.list();
			long expired = deleted.stream().filter((expiry) -> !expiry.isAfter(now)).count();
			countDeleted(expired, deleted.size() - expired);
		}
	}

	protected void countDeleted(long expired, long dropped) {
		if (expired + dropped > 0) {
			this.database.afterCommit(() -> {
				this.policy.count("expired", expired);
				this.policy.count("dropped", dropped);
			});
		}
	}

	@Override
	public List<FlashMessage> peek() {
		return this.database.read(() -> this.database
			.sql("select " + COLUMNS + " from actionlog_flash where username = ? and expires_at > ? and " + UNCLAIMED
					+ " order by number")
			.params(this.username, utc(this.policy.now()))
			.query(this::row)
			.list()
			.stream()
			.map(Row::message)
			.toList());
	}

	@Override
	public UserFlashClaim claim() {
		// unique, and no secret
		ThreadLocalRandom random = ThreadLocalRandom.current();
		String token = new UUID(random.nextLong(), random.nextLong()).toString();
		List<Row> rows = claim(token).stream().sorted(Comparator.comparingLong(Row::number)).toList();
		return new UserFlashClaim(this.username, token, rows, this.database, this.policy);
	}

	/**
	 * Claims the messages that wait with a token, for the time of the lease.
	 * @return the claimed messages, in any order
	 */
	protected List<Row> claim(String token) {
		return this.database.transaction(() -> {
			List<Row> rows = this.database
				.sql("select " + COLUMNS + " from actionlog_flash where username = ? and expires_at > ? and "
						+ UNCLAIMED + " for update skip locked")
				.params(this.username, utc(this.policy.now()))
				.query(this::row)
				.list();
			if (!rows.isEmpty()) {
				this.database.sql("""
						update actionlog_flash set claim_token = :token,
							claimed_until = current_timestamp + cast(:lease as bigint) * interval '1' second
						where username = :username and number in (:numbers)
						""")
					.param("token", token)
					.param("lease", this.policy.lease().toSeconds())
					.param("username", this.username)
					.param("numbers", rows.stream().map(Row::number).toList())
					.update();
			}
			return rows;
		});
	}

	@Override
	public void clear() {
		// what is claimed first can be deleted without waiting for another page
		this.database.transaction(() -> {
			claim().delete();
			return true;
		});
	}

	protected Row row(ResultSet row, int unused) throws SQLException {
		return new Row(row.getLong("number"), this.policy.message(new FlashLevel(row.getInt("level")),
				TextColumns.read(row), row.getString("tags"), instant(row, "sent_at"), instant(row, "expires_at")));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	protected static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/**
	 * A message with its number.
	 */
	record Row(long number, FlashMessage message) {
	}

}

package dev.actionlog.flash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.actionlog.database.Database;
import dev.actionlog.database.Dialect;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.text.TextColumns;

/**
 * The messages of a user, as rows, in portable SQL.
 * <p>
 * The database's clock, which all nodes share, decides whether a lease has ended; on H2
 * it stands still in a transaction, so that there a lease begins with the transaction.
 * Rows that a page holds, or that another transaction is about to hold, are left to it:
 * no statement here waits for one of them. They are locked one by one by their keys,
 * because MariaDB locks the gaps in what a condition looks through, too.
 */
class UserFlashStorage implements FlashStorage {

	protected static final String COLUMNS = "number, level, message, args, link, tags, sent_at, expires_at";

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
		this.policy.sent(this.username);
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
			boolean numbered = takeNumber();
			if (numbered) {
				this.database
					.sql("""
							insert into actionlog_flash (username, number, level, message, args, link, tags, sent_at, expires_at)
							select username, sent, ?, ?, ?, ?, ?, ?, ? from actionlog_profile where username = ?
							""")
					.params(values(message))
					.param(this.username)
					.update();
				deleteSurplus();
			}
			return numbered;
		});
	}

	/**
	 * Locks the profile and counts one more message.
	 * @return {@code false} if there is no profile
	 */
	protected boolean takeNumber() {
		return this.database.update("update actionlog_profile set sent = sent + 1 where username = ?",
				this.username) == 1;
	}

	/**
	 * The values of the columns of a message, from the level on.
	 */
	protected List<Object> values(FlashMessage message) {
		List<Object> values = new ArrayList<>();
		values.add(message.level().value());
		values.addAll(TextColumns.values(message.text()));
		values.add(message.extraTags());
		values.add(timestamp(message.sentAt()));
		values.add(timestamp(message.expiresAt()));
		return values;
	}

	/**
	 * Looks before it deletes: most of the time there is nothing, and H2 would rank the
	 * rows again for each of them.
	 */
	private void deleteSurplus() {
		Object now = timestamp(this.policy.now());
		List<Long> surplus = this.database.sql("""
				select number from (
					select number, expires_at, row_number() over (
						order by case when expires_at > ? then 0 else 1 end, level desc, number desc) as place
					from actionlog_flash where username = ? and %s) waiting
				where expires_at <= ? or place > ?
				""".formatted(unclaimed(this.database.dialect())))
			.params(now, this.username, now, this.policy.maxPending())
			.query((row, number) -> row.getLong(1))
			.list();
		if (!surplus.isEmpty()) {
			delete(surplus);
		}
	}

	/**
	 * Deletes messages that wait, in the caller's transaction.
	 * @param numbers their numbers, at least one
	 * @return how many were deleted
	 */
	int delete(List<Long> numbers) {
		List<Row> rows = lock(numbers);
		if (!rows.isEmpty()) {
			this.database.sql("delete from actionlog_flash where username = :username and number in (:numbers)")
				.param("username", this.username)
				.param("numbers", rows.stream().map(Row::number).toList())
				.update();
			long live = rows.stream().filter((row) -> row.message().expiresAt().isAfter(this.policy.now())).count();
			countDeleted(rows.size() - live, live);
		}
		return rows.size();
	}

	/**
	 * Locks those of some messages that wait still.
	 */
	private List<Row> lock(List<Long> numbers) {
		return this.database
			.sql("select " + COLUMNS + " from actionlog_flash where username = :username and number in (:numbers) and "
					+ unclaimed(this.database.dialect()) + " for update skip locked")
			.param("username", this.username)
			.param("numbers", numbers)
			.query(this::row)
			.list();
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
		return waiting().stream().map(Row::message).toList();
	}

	private List<Row> waiting() {
		return this.database.read(() -> this.database
			.sql("select " + COLUMNS + " from actionlog_flash where username = ? and expires_at > ? and "
					+ unclaimed(this.database.dialect()) + " order by number")
			.params(this.username, timestamp(this.policy.now()))
			.query(this::row)
			.list());
	}

	@Override
	public UserFlashClaim claim() {
		// nobody can guess it: a page can have it, and confirms with it
		String token = UUID.randomUUID().toString();
		return this.policy.observe(() -> {
			List<Row> rows = claim(token).stream().sorted(Comparator.comparingLong(Row::number)).toList();
			return new UserFlashClaim(this.username, token, rows, this.database, this.policy);
		});
	}

	/**
	 * Claims the messages that wait with a token, for the time of the lease.
	 * @return the claimed messages, in any order
	 */
	protected List<Row> claim(String token) {
		return this.database.transaction(() -> {
			List<Long> waiting = waiting().stream().map(Row::number).toList();
			List<Row> rows = waiting.isEmpty() ? List.of() : lock(waiting);
			if (!rows.isEmpty()) {
				this.database.sql("""
						update actionlog_flash set claim_token = :token,
							claimed_until = timestampadd(second, :lease, %s)
						where username = :username and number in (:numbers)
						""".formatted(this.database.dialect().now()))
					.param("token", token)
					.param("lease", this.policy.lease().toSeconds())
					.param("username", this.username)
					.param("numbers", rows.stream().map(Row::number).toList())
					.update();
			}
			return rows;
		});
	}

	/**
	 * Deletes the messages that a page holds with a token, because it has shown them.
	 * @return how many these were: 0 if another page holds them by now, or showed them
	 */
	int acknowledge(String token) {
		int shown = this.database.update("delete from actionlog_flash where username = ? and claim_token = ?",
				this.username, token);
		this.database.afterCommit(() -> this.policy.count("shown", shown));
		return shown;
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
		Dialect dialect = this.database.dialect();
		return new Row(row.getLong("number"),
				this.policy.message(new FlashLevel(row.getInt("level")), TextColumns.read(row), row.getString("tags"),
						dialect.instant(row, "sent_at"), dialect.instant(row, "expires_at")));
	}

	protected Object timestamp(Instant instant) {
		return this.database.dialect().timestamp(instant);
	}

	/**
	 * The condition for a message that no page holds.
	 */
	static String unclaimed(Dialect dialect) {
		return "(claimed_until is null or claimed_until <= " + dialect.now() + ")";
	}

	/**
	 * A message with its number.
	 */
	record Row(long number, FlashMessage message) {
	}

}

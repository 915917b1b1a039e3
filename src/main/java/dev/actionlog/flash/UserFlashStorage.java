package dev.actionlog.flash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.actionlog.database.Database;
import dev.actionlog.database.Dialect;
import dev.actionlog.profile.ProfileRows;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a user, as rows, in portable SQL.
 * <p>
 * The database's clock, which all nodes share, decides whether a lease has ended; on H2
 * it stands still in a transaction, so that there a lease begins with the transaction.
 * Rows that a page holds, or that another transaction is about to hold, are left to it:
 * no claim waits for one of them. They are locked one by one by their keys, because
 * MariaDB locks the gaps in what a condition looks through, too.
 * <p>
 * What waits for a user are also the announcements of which the user has no copy yet. The
 * statement that looks for messages finds them, too; only where there is one it is
 * copied, and the copy claimed, in a transaction.
 */
class UserFlashStorage implements FlashStorage {

	private static final String TABLE = "actionlog_flash";

	/** What PostgreSQL cannot compare, a NUL say, is none. */
	private static final Pattern TOKEN = Pattern.compile("[0-9a-f-]{36}");

	protected final String username;

	protected final Database database;

	protected final FlashPolicy policy;

	protected final AnnouncementCopies copies;

	protected final ProfileRows profiles;

	private final ShownMessages shown;

	UserFlashStorage(String username, Database database, ProfileRows profiles, FlashPolicy policy) {
		this.username = ProfileRows.checked(username);
		this.database = database;
		this.profiles = profiles;
		this.policy = policy;
		this.copies = new AnnouncementCopies(this.username, database, policy);
		this.shown = new ShownMessages(this.username, database, policy);
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
		Map<String, FlashMessage> messages = this.database.isReadOnly() ? Map.of() : session.take();
		if (messages.isEmpty()) {
			return;
		}
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
		if (!insert(message, null)) {
			this.profiles.withProfile(this.username, () -> insert(message, null) ? message : null);
		}
	}

	/**
	 * Adds a message as the user's next, and deletes what has expired and what is beyond
	 * the bound: the lowest level first, then the oldest.
	 * @param announcement the id of the announcement of which it is a copy, or
	 * {@code null}
	 * @return {@code false} if there is no profile
	 */
	protected boolean insert(FlashMessage message, @Nullable String announcement) {
		return this.database.transaction(() -> {
			boolean numbered = takeNumber();
			if (numbered) {
				deleteReplaced(message.key());
				this.database
					.sql("insert into actionlog_flash (username, " + NumberedMessage.COLUMNS
							+ ") select username, sent, " + MessageColumns.PARAMETERS
							+ ", ?, ?, ? from actionlog_profile where username = ?")
					.params(values(message, announcement))
					.param(this.username)
					.update();
				// a copy is claimed next, so it does not count
				if (announcement == null) {
					deleteSurplus();
				}
			}
			return numbered;
		});
	}

	/**
	 * Locks the profile and counts one more message.
	 * @return {@code false} if there is no profile
	 */
	private boolean takeNumber() {
		return this.database.update((this.database.dialect() == Dialect.MARIADB)
				// to look for a profile that is not there would lock the gap between its
				// neighbours, where two new users would block each other
				? "insert into actionlog_profile (username, sent) values (?, 1) on duplicate key update sent = sent + 1"
				: "update actionlog_profile set sent = sent + 1 where username = ?", this.username) > 0;
	}

	/**
	 * The values of the columns of a message, from the level on.
	 */
	protected List<Object> values(FlashMessage message, @Nullable String announcement) {
		List<Object> values = MessageColumns.values(message);
		values.add(timestamp(message.sentAt()));
		values.add(timestamp(message.expiresAt()));
		values.add(MessageColumns.nullable(announcement));
		return values;
	}

	/**
	 * Deletes the message with a key that still waits, under the lock of the profile.
	 */
	protected void deleteReplaced(@Nullable String key) {
		if (key != null) {
			List<Long> waiting = waiting().messages()
				.stream()
				.filter((row) -> key.equals(row.message().key()))
				.map(NumberedMessage::number)
				.toList();
			List<NumberedMessage> replaced = waiting.isEmpty() ? List.of() : lock(waiting);
			if (!replaced.isEmpty()) {
				deleteRows(replaced);
				this.database.afterCommit(() -> this.policy.count("replaced", replaced.size()));
			}
		}
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
		List<NumberedMessage> rows = lock(numbers);
		if (!rows.isEmpty()) {
			deleteRows(rows);
			long live = rows.stream().filter((row) -> row.message().expiresAt().isAfter(this.policy.now())).count();
			countDeleted(rows.size() - live, live);
		}
		return rows.size();
	}

	private void deleteRows(List<NumberedMessage> rows) {
		this.database
			.sql(this.database.dialect().deleteByKey(TABLE) + " where username = :username and number in (:numbers)")
			.param("username", this.username)
			.param("numbers", NumberedMessage.numbers(rows))
			.update();
	}

	/**
	 * Locks those of some messages that wait still.
	 */
	private List<NumberedMessage> lock(List<Long> numbers) {
		return this.database
			.sql("select " + NumberedMessage.COLUMNS + " from " + this.database.dialect().byKey(TABLE)
					+ " where username = :username and number in (:numbers) and " + unclaimed(this.database.dialect())
					+ " for update skip locked")
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
		FoundMessages waiting = waiting();
		return Stream.concat(waiting.messages().stream(), waiting.announcements().stream())
			.map(NumberedMessage::message)
			.toList();
	}

	private FoundMessages waiting() {
		return this.database.read(() -> this.database
			.sql("select " + NumberedMessage.COLUMNS
					+ ", null as translations from actionlog_flash where username = ? and expires_at > ?" + " and "
					+ waits(this.database.dialect()) + " union all " + AnnouncementCopies.MISSING)
			.params(this.username, timestamp(this.policy.now()))
			.params(this.copies.missingParams())
			.query(this::read));
	}

	@Override
	public UserFlashClaim claim() {
		return this.policy.observe(() -> {
			// where the first try has succeeded and nobody was told, its messages come
			// when the lease has ended: each try has a token of its own
			Claimed claimed = this.database.repeatable(() -> {
				// nobody can guess it: a page can have it, and confirms with it
				String token = UUID.randomUUID().toString();
				return new Claimed(token, claim(token));
			});
			UserFlashClaim claim = new UserFlashClaim(this, claimed.token(), claimed.found().messages());
			return claimed.found().announcements().isEmpty() ? claim : claimCopies(claim, claimed.found());
		});
	}

	/**
	 * Makes copies of announcements and claims them, too. What is claimed already does
	 * not count as waiting, so that no copy is one too many.
	 */
	private UserFlashClaim claimCopies(UserFlashClaim claim, FoundMessages claimed) {
		try {
			List<NumberedMessage> rows = new ArrayList<>(claimed.messages());
			rows.addAll(this.database.transaction(() -> {
				copy(claimed.announcements());
				return claim(claim.token()).messages();
			}));
			return new UserFlashClaim(this, claim.token(), rows);
		}
		catch (RuntimeException ex) {
			claim.release();
			throw ex;
		}
	}

	private void copy(List<NumberedMessage> announcements) {
		if (!this.profiles.exists(this.username)) {
			this.profiles.withLock(this.username, () -> insertCopies(announcements));
		}
		// a page does not wait for a writer: the copies come with the next page then
		else if (this.profiles.lockUnlessLocked(this.username)) {
			insertCopies(announcements);
		}
	}

	private void insertCopies(List<NumberedMessage> announcements) {
		announcements.stream()
			.filter((row) -> this.copies.isFirst(Objects.requireNonNull(row.announcement())))
			.forEach((row) -> insert(row.message(), row.announcement()));
	}

	/**
	 * Claims the messages that wait with a token, for the time of the lease.
	 * @return the claimed messages, and the announcements of which there are no copies
	 * yet
	 */
	protected FoundMessages claim(String token) {
		return this.database.transaction(() -> {
			FoundMessages waiting = waiting();
			List<NumberedMessage> rows = waiting.messages().isEmpty() ? List.of()
					: lock(NumberedMessage.numbers(waiting.messages()));
			if (!rows.isEmpty()) {
				this.database.sql("""
						update %s set claim_token = :token, claimed_until = timestampadd(second, :lease, %s)
						where username = :username and number in (:numbers)
						""".formatted(this.database.dialect().byKey(TABLE), this.database.dialect().now()))
					.param("token", token)
					.param("lease", this.policy.lease().toSeconds())
					.param("username", this.username)
					.param("numbers", NumberedMessage.numbers(rows))
					.update();
			}
			return new FoundMessages(rows, waiting.announcements());
		});
	}

	/**
	 * Deletes the messages that a page holds with a token, because it has shown them.
	 * @param token the token, which anybody can have sent
	 * @return how many these were: 0 if another page holds them by now, or showed them
	 */
	int acknowledge(String token) {
		if (!TOKEN.matcher(token).matches()) {
			return 0;
		}
		List<NumberedMessage> held = this.database.read(() -> this.database
			.sql("select " + NumberedMessage.COLUMNS + " from actionlog_flash where username = ? and claim_token = ?")
			.params(this.username, token)
			.query(this::row)
			.list());
		int shown = held.isEmpty() ? 0 : this.database.repeatable(() -> shown(token, held));
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

	/**
	 * Deletes messages that a page has shown, and keeps the newest to be read again.
	 * @param token what the page holds them with
	 * @param rows the messages, at least one
	 * @return how many were held still
	 */
	protected int shown(String token, List<NumberedMessage> rows) {
		return this.database.transaction(() -> {
			// the messages first: what is kept locks the profile, and who deletes or
			// renames that has locked its messages
			List<NumberedMessage> held = lockHeld(token, rows);
			if (!held.isEmpty()) {
				this.shown.keep(NumberedMessage.numbers(held));
				held.stream().map(NumberedMessage::announcement).filter(Objects::nonNull).forEach(this.copies::seen);
				deleteRows(held);
			}
			return held.size();
		});
	}

	private List<NumberedMessage> lockHeld(String token, List<NumberedMessage> rows) {
		return this.database.sql("select " + NumberedMessage.COLUMNS + " from " + this.database.dialect().byKey(TABLE)
				+ " where username = :username and number in (:numbers) and claim_token = :token order by number for update")
			.param("username", this.username)
			.param("numbers", NumberedMessage.numbers(rows))
			.param("token", token)
			.query(this::row)
			.list();
	}

	/**
	 * The messages that the user was shown, the newest first.
	 */
	List<FlashMessage> recent() {
		return this.shown.recent();
	}

	/**
	 * Deletes those of some messages that are held with a token still.
	 * @return how many these are
	 */
	int delete(String token, List<NumberedMessage> rows) {
		return changeHeld(this.database.dialect().deleteByKey(TABLE), token, rows);
	}

	/**
	 * Gives back those of some messages that are held with a token still.
	 */
	void release(String token, List<NumberedMessage> rows) {
		changeHeld("update " + this.database.dialect().byKey(TABLE) + " set claim_token = null, claimed_until = null",
				token, rows);
	}

	private int changeHeld(String sql, String token, List<NumberedMessage> rows) {
		return rows.isEmpty() ? 0
				: this.database.write(() -> this.database
					.sql(sql + " where username = :username and number in (:numbers) and claim_token = :token")
					.param("username", this.username)
					.param("numbers", NumberedMessage.numbers(rows))
					.param("token", token)
					.update());
	}

	protected FoundMessages read(ResultSet rows) throws SQLException {
		return FoundMessages.read(rows, this.policy, this.database.dialect());
	}

	private record Claimed(String token, FoundMessages found) {
	}

	private NumberedMessage row(ResultSet row, int unused) throws SQLException {
		return NumberedMessage.read(row, this.policy, this.database.dialect());
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
	 * The condition for a message that no page holds, and that is no copy of an
	 * announcement that was withdrawn.
	 */
	static String waits(Dialect dialect) {
		return unclaimed(dialect) + """
				 and (announcement is null or exists (
					select 1 from actionlog_announcement a where a.id = announcement and a.withdrawn_at is null))
				""";
	}

}

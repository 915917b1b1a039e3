package dev.actionlog.flash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import dev.actionlog.database.Database;
import dev.actionlog.database.Dialect;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.text.Text;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Leaves messages for any user, from any thread: a background job, a listener, another
 * user's request. The user finds them on the next page, on any device and node.
 * <p>
 * A message is written in the caller's transaction; without one, or in a listener of one
 * that has ended, it is written at once (in one of a read-only transaction it is
 * refused). What is rolled back is not delivered. The name of a user follows the rules of
 * {@link dev.actionlog.profile.ProfileService}; like every writer it locks the user's row
 * until the transaction ends.
 */
public class FlashSender {

	/**
	 * A statement takes their keys as parameters, of which PostgreSQL's driver knows
	 * 65,535.
	 */
	private static final int MAX_BATCH = 10_000;

	/** How many users' rows are locked together. */
	private static final int BATCH = 100;

	private final Function<String, UserFlashStorage> users;

	private final Database database;

	private final FlashPolicy policy;

	FlashSender(Function<String, UserFlashStorage> users, Database database, FlashPolicy policy) {
		this.users = users;
		this.database = database;
		this.policy = policy;
	}

	/**
	 * Leaves a message for a user.
	 * @param username the name of the user's principal
	 * @param level how important it is
	 * @param message a message code, such as {@code export.ready}, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @return {@code false} if the level is below {@code actionlog.flash.min-level}, so
	 * that nothing was stored
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 */
	public boolean send(String username, FlashLevel level, String message, @Nullable Object @Nullable ... args) {
		return send(username, FlashDraft.of(level, message, args));
	}

	/**
	 * Leaves a message for a user.
	 * @param username the name of the user's principal
	 * @param level how important it is
	 * @param text what it says
	 * @return {@code false} if the level is below {@code actionlog.flash.min-level}, so
	 * that nothing was stored
	 */
	public boolean send(String username, FlashLevel level, Text text) {
		return send(username, FlashDraft.of(level, text));
	}

	/**
	 * Leaves a message for a user.
	 * @param username the name of the user's principal
	 * @param draft the message
	 * @return {@code false} if its level is below {@code actionlog.flash.min-level}, so
	 * that nothing was stored
	 */
	public boolean send(String username, FlashDraft draft) {
		Optional<FlashMessage> accepted = this.policy.accept(draft, null);
		accepted.ifPresent((message) -> this.users.apply(username).add(message));
		return accepted.isPresent();
	}

	/**
	 * Leaves a message for each of some users, in batches in the order of their names. A
	 * batch is a transaction of its own where the caller has none, so what was sent
	 * before an exception stays. For all users there are {@link Announcements}.
	 * @param usernames the names of the users' principals; each counts once
	 * @param draft the message
	 * @return {@code false} if its level is below {@code actionlog.flash.min-level}, so
	 * that nothing was stored
	 * @throws IllegalArgumentException if one cannot be the name of a user, before any is
	 * sent a message
	 */
	public boolean sendAll(Collection<String> usernames, FlashDraft draft) {
		Optional<FlashMessage> accepted = this.policy.accept(draft, null);
		accepted.ifPresent((message) -> {
			List<String> sorted = usernames.stream().map(ProfileRows::checked).distinct().sorted().toList();
			for (int start = 0; start < sorted.size(); start += BATCH) {
				List<String> batch = sorted.subList(start, Math.min(start + BATCH, sorted.size()));
				this.database.transactionWithListeners(() -> {
					batch.forEach((username) -> this.users.apply(username).add(message));
					return true;
				});
			}
		});
		return accepted.isPresent();
	}

	/**
	 * The messages that wait for a user, without consuming them.
	 * @param username the name of the user's principal
	 * @return the messages in the order of adding, unmodifiable
	 */
	public List<FlashMessage> peek(String username) {
		return this.users.apply(username).peek();
	}

	/**
	 * Which of some users have messages that wait and that no page holds, or
	 * announcements that they have not got yet. For the library's own modules.
	 * @param usernames the names of the users' principals, at most 10,000
	 * @return those that have some; users without a profile are not looked at
	 */
	public Set<String> waiting(Collection<String> usernames) {
		Dialect dialect = this.database.dialect();
		return usernames.isEmpty() ? Set.of()
				: this.database.read(() -> this.database
					.sql("select username from actionlog_flash where username in (:names) and expires_at > :now and "
							+ UserFlashStorage.waits(dialect) + " union " + AnnouncementCopies.USERS_WITHOUT)
					.param("names", usernames)
					.param("now", dialect.timestamp(this.policy.now()))
					.query((row, number) -> row.getString(1))
					.set());
	}

	/**
	 * Deletes expired messages, of users who never came back. Others go by themselves;
	 * the library schedules nothing, an application's scheduler may call this until it
	 * returns 0. Each call reads the whole table, so let a batch be large.
	 * @param batch the most that are deleted by one call, more than 0; never more than
	 * 10,000 are
	 * @return how many were deleted
	 * @throws IllegalArgumentException if the batch is not more than 0
	 */
	public int purgeExpired(int batch) {
		Assert.isTrue(batch > 0, "A batch must be more than 0");
		return this.database.transaction(() -> expired(batch).entrySet()
			.stream()
			.mapToInt((user) -> this.users.apply(user.getKey()).delete(user.getValue()))
			.sum());
	}

	/**
	 * The numbers of expired messages by the names of their users.
	 */
	private SortedMap<String, List<Long>> expired(int batch) {
		SortedMap<String, List<Long>> expired = new TreeMap<>();
		Dialect dialect = this.database.dialect();
		this.database
			.sql("select username, number from actionlog_flash where expires_at <= ? and "
					+ UserFlashStorage.unclaimed(dialect) + " limit " + Math.min(batch, MAX_BATCH))
			.param(dialect.timestamp(this.policy.now()))
			.query((row) -> {
				expired.computeIfAbsent(row.getString("username"), (user) -> new ArrayList<>())
					.add(row.getLong("number"));
			});
		return expired;
	}

}

package dev.actionlog.flash;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.actionlog.database.Database;
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
	 * The messages that wait for a user, without consuming them.
	 * @param username the name of the user's principal
	 * @return the messages in the order of adding, unmodifiable
	 */
	public List<FlashMessage> peek(String username) {
		return this.users.apply(username).peek();
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
		int purged = this.database.transaction(() -> {
			List<Object[]> expired = this.database.sql("""
					select username, number from actionlog_flash
					where expires_at <= ? and (claimed_until is null or claimed_until <= current_timestamp)
					fetch first %d rows only for update skip locked
					""".formatted(Math.min(batch, MAX_BATCH)))
				.param(this.policy.now().atOffset(ZoneOffset.UTC))
				.query((row, number) -> new Object[] { row.getString("username"), row.getLong("number") })
				.list();
			return expired.isEmpty() ? 0
					: this.database.sql("delete from actionlog_flash where (username, number) in (:expired)")
						.param("expired", expired)
						.update();
		});
		this.database.afterCommit(() -> this.policy.count("expired", purged));
		return purged;
	}

}

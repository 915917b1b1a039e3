package dev.actionlog.flash;

import java.time.Clock;
import java.util.List;

import dev.actionlog.text.Text;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Leaves messages for any user, from any thread: a background job, a listener, another
 * user's request. The user finds them on the next page, on any device and node.
 * <p>
 * A message is written in the caller's transaction, or in one of its own where there is
 * none or it has been committed; what is rolled back is not delivered. The name of a user
 * follows the rules of {@link dev.actionlog.profile.ProfileService}, and so do its locks.
 */
public class FlashSender {

	private final FlashStore store;

	private final FlashProperties properties;

	private final FlashMetrics metrics;

	private final Clock clock;

	FlashSender(FlashStore store, FlashProperties properties, FlashMetrics metrics, Clock clock) {
		this.store = store;
		this.properties = properties;
		this.metrics = metrics;
		this.clock = clock;
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
		if (draft.level().compareTo(this.properties.minLevel()) < 0) {
			return false;
		}
		this.store.add(username, List.of(Pending.of(draft, this.clock.instant(), this.properties.expiry())));
		this.metrics.count("sent", 1);
		return true;
	}

	/**
	 * The messages that wait for a user, without consuming them.
	 * @param username the name of the user's principal
	 * @return the messages in the order of adding, unmodifiable
	 */
	public List<FlashMessage> peek(String username) {
		return this.store.peek(username);
	}

	/**
	 * Deletes expired messages, of users who never came back. Others go by themselves;
	 * the library schedules nothing, an application's scheduler may call this until it
	 * returns 0.
	 * @param batch the most that are deleted by one call, more than 0; never more than
	 * 10,000 are
	 * @return how many were deleted
	 * @throws IllegalArgumentException if the batch is not more than 0
	 */
	public int purgeExpired(int batch) {
		Assert.isTrue(batch > 0, "A batch must be more than 0");
		return this.store.purgeExpired(batch);
	}

}

package dev.actionlog.flash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.actionlog.text.Text;
import dev.actionlog.text.TextColumns;

import org.springframework.util.Assert;

/**
 * The form of a message in an HTTP session: a list of strings, which serialization of any
 * kind keeps as it is. They are the version of this form, the level, the message, the
 * link or an empty string, the extra tags, the times at which it was sent and expires,
 * the key, the label and the path of the action or empty strings, and the arguments, each
 * as a column of a database has it.
 * <p>
 * Who can write to the store of sessions must not be able to write into pages. So all
 * that is read passes the checks of a new message, and is measured before anything else
 * looks at it.
 */
final class StoredMessage {

	private static final String VERSION = "1";

	/** The number of strings before the arguments. */
	private static final int FIXED = 10;

	private StoredMessage() {
	}

	/**
	 * The list that stands for a message: an {@code ArrayList}, which serializers that
	 * allow only known types allow.
	 */
	static List<String> of(FlashMessage message) {
		Text text = message.text();
		String link = text.getLink();
		Text action = message.action();
		List<String> strings = new ArrayList<>(
				List.of(VERSION, String.valueOf(message.level().value()), text.getMessage(), (link != null) ? link : "",
						message.extraTags(), message.sentAt().toString(), message.expiresAt().toString(),
						Objects.requireNonNullElse(message.key(), ""), (action != null) ? action.getMessage() : "",
						(action != null) ? Objects.requireNonNull(action.getLink()) : ""));
		strings.addAll(TextColumns.args(text));
		return strings;
	}

	/**
	 * The message for which a list stands.
	 * @throws RuntimeException if it is no such list, or no such message could be made
	 */
	static FlashMessage read(Object stored, FlashPolicy policy) {
		List<String> strings = strings(stored);
		String link = strings.get(3);
		Text text = TextColumns.text(strings.get(2), strings.subList(FIXED, strings.size()));
		Instant sentAt = Instant.parse(strings.get(5));
		Instant expiresAt = Instant.parse(strings.get(6));
		// a database may not have room for any time
		Assert.isTrue(!sentAt.isBefore(Instant.EPOCH) && !sentAt.isAfter(policy.now().plus(FlashDraft.MAX_EXPIRY)),
				"A message was sent at a time of these days");
		FlashDraft draft = new FlashDraft(new FlashLevel(Integer.parseInt(strings.get(1))),
				link.isEmpty() ? text : text.link(link), strings.get(4), Duration.between(sentAt, expiresAt),
				strings.get(7).isEmpty() ? null : strings.get(7),
				strings.get(8).isEmpty() ? null : Text.of(strings.get(8)).link(strings.get(9)));
		return policy.message(draft, sentAt, expiresAt);
	}

	private static List<String> strings(Object stored) {
		Assert.isTrue(stored instanceof List<?> list && list.size() >= FIXED && list.size() <= FIXED + Text.MAX_ARGS,
				"A stored message is a list of some strings");
		List<String> strings = new ArrayList<>();
		for (Object string : (List<?>) stored) {
			Assert.isTrue(string instanceof String it && it.length() <= FlashDraft.MAX_MESSAGE_LENGTH,
					"No string of a stored message is as long");
			strings.add((String) string);
		}
		Assert.isTrue(strings.get(0).equals(VERSION), "A stored message has the form of this version");
		return strings;
	}

}

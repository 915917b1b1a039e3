package dev.actionlog.flash;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import dev.actionlog.text.Text;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A message that has not been sent yet, for those that need more than a level and a text.
 * Immutable.
 */
public final class FlashDraft {

	/** The length at which the message of a draft is cut. */
	public static final int MAX_MESSAGE_LENGTH = 1000;

	/** The longest time for which a message can wait. */
	public static final Duration MAX_EXPIRY = Duration.ofDays(3650);

	private static final int MAX_TAGS_LENGTH = 200;

	private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]+");

	private final FlashLevel level;

	private final Text text;

	private final String tags;

	private final @Nullable Duration expiry;

	private FlashDraft(FlashLevel level, Text text, String tags, @Nullable Duration expiry) {
		this.level = level;
		this.text = text;
		this.tags = tags;
		this.expiry = expiry;
	}

	/**
	 * A message of a level.
	 * @param level how important it is
	 * @param message a message code, such as {@code photo.changed}, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @return the draft
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 */
	public static FlashDraft of(FlashLevel level, String message, @Nullable Object @Nullable ... args) {
		return of(level, Text.of(message, args));
	}

	/**
	 * A message of a level.
	 * @param level how important it is
	 * @param text what it says; its message is cut to {@value #MAX_MESSAGE_LENGTH}
	 * @return the draft
	 */
	public static FlashDraft of(FlashLevel level, Text text) {
		return new FlashDraft(level, text.limitedTo(MAX_MESSAGE_LENGTH), "", null);
	}

	/**
	 * This draft with extra tags, which a page has in the class attribute before the tag
	 * of the level.
	 * @param tags the tags, each of letters, digits, hyphens and underscores
	 * @return a copy with these tags
	 * @throws IllegalArgumentException if one has another character in it, or all are
	 * longer than 200 together
	 */
	public FlashDraft tags(String... tags) {
		for (String tag : tags) {
			Assert.isTrue(isTag(tag), () -> "'" + tag + "' is no tag: use letters, digits, hyphens and underscores");
		}
		String joined = String.join(" ", tags);
		Assert.isTrue(joined.length() <= MAX_TAGS_LENGTH,
				"The tags of a message have at most " + MAX_TAGS_LENGTH + " characters");
		return new FlashDraft(this.level, this.text, joined, this.expiry);
	}

	/**
	 * This draft with a time after which the message is not shown any more.
	 * @param expiry the time from when it is sent, more than zero and at most ten years
	 * @return a copy with this expiry
	 * @throws IllegalArgumentException if it is not in these bounds
	 */
	public FlashDraft expiresIn(Duration expiry) {
		Assert.isTrue(isExpiry(expiry), "A message expires after more than zero and at most ten years");
		return new FlashDraft(this.level, this.text, this.tags, expiry);
	}

	static boolean isTag(String tag) {
		return TAG.matcher(tag).matches();
	}

	static boolean isExpiry(Duration expiry) {
		return expiry.compareTo(Duration.ZERO) > 0 && expiry.compareTo(MAX_EXPIRY) <= 0;
	}

	FlashLevel level() {
		return this.level;
	}

	Text text() {
		return this.text;
	}

	String tags() {
		return this.tags;
	}

	@Nullable Duration expiry() {
		return this.expiry;
	}

	@Override
	public String toString() {
		return List.of(this.level, this.text).toString();
	}

}

package dev.actionlog.flash;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.actionlog.text.Text;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * A message that has not been sent yet, for those that need more than a level and a text.
 *
 * @param level how important it is
 * @param text what it says; its message is cut to {@value #MAX_MESSAGE_LENGTH}
 * @param extraTags tags for the class attribute, before the tag of the level, with spaces
 * between them, or empty; see {@link #tags}
 * @param expiry the time from when it is sent after which it is not shown any more, or
 * {@code null} for {@code actionlog.flash.expiry}; see {@link #expiresIn}
 * @param key what names the matter, or {@code null}; see {@link #key}
 * @param action the label of a button, with the path that it sends a form to as its link,
 * or {@code null}; see {@link #action}
 */
public record FlashDraft(FlashLevel level, Text text, String extraTags, @Nullable Duration expiry, @Nullable String key,
		@Nullable Text action) {

	/** The length at which the message of a draft is cut. */
	public static final int MAX_MESSAGE_LENGTH = 1000;

	/** The longest time for which a message can wait. */
	public static final Duration MAX_EXPIRY = Duration.ofDays(3650);

	/** The longest key. */
	public static final int MAX_KEY_LENGTH = 100;

	/** The length at which the label of an action is cut. */
	public static final int MAX_LABEL_LENGTH = 200;

	private static final int MAX_TAGS_LENGTH = 200;

	private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]+");

	/**
	 * A draft.
	 * @throws IllegalArgumentException if the tags have another character than letters,
	 * digits, hyphens and underscores, or are longer than 200 together; if the expiry is
	 * not more than zero and at most ten years; if the key is blank, longer than
	 * {@value #MAX_KEY_LENGTH} or has a NUL or half a surrogate pair in it; or if the
	 * action has arguments or no link
	 */
	public FlashDraft {
		Assert.isTrue(extraTags.length() <= MAX_TAGS_LENGTH,
				"The tags of a message have at most " + MAX_TAGS_LENGTH + " characters");
		requireTags(StringUtils.delimitedListToStringArray(extraTags, " "));
		Assert.isTrue(expiry == null || isExpiry(expiry),
				"A message expires after more than zero and at most ten years");
		Assert.isTrue(key == null || isKey(key), "The key of a message is not blank, has at most " + MAX_KEY_LENGTH
				+ " characters, no NUL and no half of a surrogate pair");
		Assert.isTrue(action == null || (action.getLink() != null && action.getArgs().isEmpty()),
				"An action has a path and a label without arguments");
		text = text.limitedTo(MAX_MESSAGE_LENGTH);
		action = (action != null) ? action.limitedTo(MAX_LABEL_LENGTH) : null;
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
	 * @param text what it says
	 * @return the draft
	 */
	public static FlashDraft of(FlashLevel level, Text text) {
		return new FlashDraft(level, text, "", null, null, null);
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
		requireTags(tags);
		return new FlashDraft(this.level, this.text, String.join(" ", tags), this.expiry, this.key, this.action);
	}

	/**
	 * This draft with a time after which the message is not shown any more.
	 * @param expiry the time from when it is sent, more than zero and at most ten years
	 * @return a copy with this expiry
	 * @throws IllegalArgumentException if it is not in these bounds
	 */
	public FlashDraft expiresIn(Duration expiry) {
		return new FlashDraft(this.level, this.text, this.extraTags, expiry, this.key, this.action);
	}

	/**
	 * This draft with a key that names the matter, such as {@code export}. It takes the
	 * place of an earlier message with the same key that still waits for the same user or
	 * visitor; what a page shows already stays there.
	 * @param key the key, at most {@value #MAX_KEY_LENGTH} characters, compared exactly
	 * @return a copy with this key
	 * @throws IllegalArgumentException if it is blank, is longer, or has a NUL or half a
	 * surrogate pair in it
	 */
	public FlashDraft key(String key) {
		return new FlashDraft(this.level, this.text, this.extraTags, this.expiry, key, this.action);
	}

	/**
	 * This draft with a button, which sends an empty form ({@code POST}) to a path of
	 * this site, with the CSRF token that Spring Security asks for.
	 * @param path the path, below the application's context path; see {@link Text#link}
	 * @param label the message code of the button's words, or the words; cut to
	 * {@value #MAX_LABEL_LENGTH}
	 * @return a copy with this action
	 * @throws IllegalArgumentException if it is no such path, or the label is blank
	 */
	public FlashDraft action(String path, String label) {
		return new FlashDraft(this.level, this.text, this.extraTags, this.expiry, this.key, Text.of(label).link(path));
	}

	private static boolean isKey(String key) {
		return key.length() <= MAX_KEY_LENGTH && !key.isBlank()
				&& key.codePoints().noneMatch((ch) -> ch == 0 || Character.getType(ch) == Character.SURROGATE);
	}

	private static void requireTags(String... tags) {
		for (String tag : tags) {
			Assert.isTrue(isTag(tag), () -> "'" + tag + "' is no tag: use letters, digits, hyphens and underscores");
		}
	}

	static boolean isTag(String tag) {
		return TAG.matcher(tag).matches();
	}

	static boolean isExpiry(Duration expiry) {
		return expiry.compareTo(Duration.ZERO) > 0 && expiry.compareTo(MAX_EXPIRY) <= 0;
	}

}

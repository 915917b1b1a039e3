package dev.actionlog.flash;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import dev.actionlog.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * A message as it waits and as a page shows it. Immutable, and complete: nothing is
 * loaded later.
 *
 * @param level how important it is
 * @param levelTag the tag of the level, empty for a level that has none
 * @param text what it says
 * @param extraTags the tags that it was sent with, with spaces between them, or empty
 * @param sentAt when it was sent, to the microsecond
 * @param expiresAt from when on it is not shown any more
 * @param key what names the matter, or {@code null}; see {@link FlashDraft#key}
 * @param action the label of its button, with the path that it sends a form to as its
 * link, or {@code null}; see {@link FlashDraft#action}
 */
public record FlashMessage(FlashLevel level, String levelTag, Text text, String extraTags, Instant sentAt,
		Instant expiresAt, @Nullable String key, @Nullable Text action) {

	/**
	 * A message without a key and an action.
	 */
	public FlashMessage(FlashLevel level, String levelTag, Text text, String extraTags, Instant sentAt,
			Instant expiresAt) {
		this(level, levelTag, text, extraTags, sentAt, expiresAt, null, null);
	}

	/**
	 * The extra tags, then the tag of the level.
	 * @return the tags with spaces between them, fit for a class attribute, and possibly
	 * empty
	 */
	public String tags() {
		return (this.extraTags + " " + this.levelTag).strip();
	}

	/**
	 * The path on this site that the message links to.
	 * @return the path, or {@code null} for no link
	 */
	public @Nullable String link() {
		return this.text.getLink();
	}

	/**
	 * This message in the reader's words, where they are among the translations.
	 */
	FlashMessage in(Map<Locale, String> translations, Locale reader) {
		String words = Translations.find(translations, reader);
		if (words == null) {
			return this;
		}
		Text plain = Text.of(words);
		String link = link();
		return new FlashMessage(this.level, this.levelTag, (link != null) ? plain.link(link) : plain, this.extraTags,
				this.sentAt, this.expiresAt, this.key, this.action);
	}

}

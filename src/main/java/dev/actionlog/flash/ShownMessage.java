package dev.actionlog.flash;

import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;

import dev.actionlog.text.Text;
import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;

/**
 * A message in the reader's words: plain data, for templates and for JSON. All strings
 * are plain text, to be escaped on output.
 *
 * @param level the tag of the level, else its number
 * @param name the name of the level, or {@code null} for a level of an application's own
 * @param label the level in the reader's words, empty for a level without a name
 * @param text the words
 * @param tags the extra tags, then the tag of the level, for a class attribute
 * @param href the address that it links to, with the context path, or {@code null}
 * @param sentAt when it was sent, to the microsecond
 * @param action its button, or {@code null}
 */
public record ShownMessage(String level, @Nullable String name, String label, String text, String tags,
		@Nullable String href, Instant sentAt, @Nullable Action action) {

	/**
	 * Says a message in a reader's words.
	 * @param hrefs makes an address of a path below the context path
	 */
	static ShownMessage of(FlashMessage message, TextResolver texts, Locale locale, UnaryOperator<String> hrefs) {
		String level = message.levelTag().isEmpty() ? message.level().toString() : message.levelTag();
		String name = message.level().name().orElse(null);
		String label = (name != null) ? texts.resolve("actionlog.flash.level." + name, locale) : "";
		String link = message.link();
		return new ShownMessage(level, name, label, texts.resolve(message.text(), locale), message.tags(),
				(link != null) ? hrefs.apply(link) : null, message.sentAt(), action(message, texts, locale, hrefs));
	}

	private static @Nullable Action action(FlashMessage message, TextResolver texts, Locale locale,
			UnaryOperator<String> hrefs) {
		Text action = message.action();
		return (action != null && action.getLink() != null)
				? new Action(hrefs.apply(action.getLink()), texts.resolve(action, locale)) : null;
	}

	/**
	 * A button that sends an empty form ({@code POST}).
	 *
	 * @param href the address that the form goes to, with the context path
	 * @param label the words on it, in the reader's language
	 */
	public record Action(String href, String label) {
	}

}

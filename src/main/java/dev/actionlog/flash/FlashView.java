package dev.actionlog.flash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import dev.actionlog.text.TextResolver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What templates see of the current visitor's messages, said in the reader's language.
 * Iterating consumes, asking does not. A page does not fail for its messages: where they
 * cannot be read, it shows none, and they wait.
 */
class FlashView implements Iterable<FlashView.Shown> {

	private static final Log logger = LogFactory.getLog(FlashView.class);

	private final FlashMessages messages;

	private final TextResolver texts;

	private final Locale locale;

	FlashView(FlashMessages messages, TextResolver texts, Locale locale) {
		this.messages = messages;
		this.texts = texts;
		this.locale = locale;
	}

	@Override
	public Iterator<Shown> iterator() {
		return list().iterator();
	}

	public List<Shown> list() {
		try {
			Iterator<FlashMessage> iterator = this.messages.iterator();
			List<Shown> list = new ArrayList<>();
			// a mock in an application's test has none unless told
			if (iterator != null) {
				iterator.forEachRemaining((message) -> list.add(shown(message)));
			}
			return list;
		}
		catch (RuntimeException ex) {
			logger.error("Flash messages could not be read", ex);
			return List.of();
		}
	}

	public int size() {
		return this.messages.size();
	}

	public boolean isEmpty() {
		return this.messages.isEmpty();
	}

	public boolean isFirst() {
		return !this.messages.isRepeatedFragment();
	}

	public String words(String name) {
		return this.texts.resolve("actionlog.flash." + name, this.locale);
	}

	private Shown shown(FlashMessage message) {
		String level = message.levelTag().isEmpty() ? message.level().toString() : message.levelTag();
		String name = message.level().name().orElse(null);
		String label = (name != null) ? words("level." + name) : "";
		return new Shown(level, name, label, this.texts.resolve(message.text(), this.locale), message.tags(),
				message.link(), message.sentAt());
	}

	/**
	 * A message in the reader's words.
	 *
	 * @param level the tag of the level, else its number
	 * @param name the name of the level, or {@code null}
	 * @param label the level in the reader's words, empty for a level without a name
	 * @param text the words
	 * @param tags for the class attribute
	 * @param link the path that it links to, or {@code null}
	 * @param sentAt when it was sent
	 */
	record Shown(String level, @Nullable String name, String label, String text, String tags, @Nullable String link,
			Instant sentAt) {
	}

}

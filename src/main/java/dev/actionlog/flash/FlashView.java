package dev.actionlog.flash;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

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

	private final FlashExchange exchange;

	private final TextResolver texts;

	private final Locale locale;

	FlashView(FlashMessages messages, FlashExchange exchange, TextResolver texts, Locale locale) {
		this.messages = messages;
		this.exchange = exchange;
		this.texts = texts;
		this.locale = locale;
	}

	@Override
	public Iterator<Shown> iterator() {
		return list().iterator();
	}

	public List<Shown> list() {
		return quietly(() -> this.messages.list().stream().map(this::shown).toList(), List.of());
	}

	public int size() {
		return quietly(this.messages::size, 0);
	}

	public boolean isEmpty() {
		return size() == 0;
	}

	/**
	 * What the messages are called together, or {@code null} where there are none.
	 */
	public @Nullable String getLabel() {
		return list().isEmpty() ? null : words("title");
	}

	public boolean isFirst() {
		return this.exchange.isFirstFragment();
	}

	private static <T> T quietly(Supplier<T> messages, T otherwise) {
		try {
			return messages.get();
		}
		catch (RuntimeException ex) {
			logger.error("Flash messages could not be read", ex);
			return otherwise;
		}
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

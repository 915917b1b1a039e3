package dev.actionlog.flash;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.actionlog.database.Unreachable;
import dev.actionlog.text.TextResolver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.i18n.LocaleContextHolder;

/**
 * What templates see of the current visitor's messages, said in the reader's language.
 * Iterating consumes, asking does not. A page does not fail for its messages: where they
 * cannot be read, it shows none, and they wait.
 */
class FlashView implements Iterable<ShownMessage> {

	private static final Log logger = LogFactory.getLog(FlashView.class);

	/** How many messages a page shows at once, so that many do not push all else away. */
	private static final int AT_ONCE = 3;

	private final FlashMessages messages;

	private final FlashExchange exchange;

	private final TextResolver texts;

	private final Locale locale;

	private final UnaryOperator<String> hrefs;

	private final @Nullable String confirmationPath;

	private final Clock clock;

	private @Nullable RuntimeException logged;

	/**
	 * The messages as a page shows them.
	 * @param hrefs makes an address of a path below the context path
	 * @param confirmationPath where the page says that it has shown them, or {@code null}
	 * if it does not
	 * @param clock tells which day is today
	 */
	FlashView(FlashMessages messages, FlashExchange exchange, TextResolver texts, Locale locale,
			UnaryOperator<String> hrefs, @Nullable String confirmationPath, Clock clock) {
		this.messages = messages;
		this.exchange = exchange;
		this.texts = texts;
		this.locale = locale;
		this.hrefs = hrefs;
		this.confirmationPath = confirmationPath;
		this.clock = clock;
	}

	@Override
	public Iterator<ShownMessage> iterator() {
		return list().iterator();
	}

	public List<ShownMessage> list() {
		return quietly(() -> shown(this.messages.list()), List.of());
	}

	/**
	 * The messages as the fragment shows them, or {@code null} where there are none.
	 */
	public @Nullable Parts getParts() {
		List<ShownMessage> all = list();
		int earlier = Math.max(all.size() - AT_ONCE, 0);
		return all.isEmpty() ? null
				: new Parts(words("title"), all.subList(earlier, all.size()), all.subList(0, earlier),
						(earlier > 0) ? words("earlier", earlier) : null,
						all.subList(0, earlier).stream().anyMatch(FlashView::isUrgent));
	}

	private static boolean isUrgent(ShownMessage message) {
		return "warning".equals(message.name()) || "error".equals(message.name());
	}

	/**
	 * What pages have shown before, the newest first.
	 */
	public List<ShownMessage> getRecent() {
		return quietly(() -> shown(this.messages.recentMessages()), List.of());
	}

	private List<ShownMessage> shown(List<FlashMessage> messages) {
		return messages.stream()
			.map((message) -> ShownMessage.of(message, this.texts, this.locale, this.hrefs))
			.toList();
	}

	/**
	 * When a message was sent, in the reader's words and zone; today without the date.
	 */
	public String time(ShownMessage message) {
		ZoneId zone = LocaleContextHolder.getTimeZone().toZoneId();
		ZonedDateTime sentAt = message.sentAt().atZone(zone);
		boolean today = sentAt.toLocalDate().equals(LocalDate.ofInstant(this.clock.instant(), zone));
		return this.texts.formatter("actionlog.text." + (today ? "time" : "datetime"), this.locale).apply(sentAt);
	}

	/**
	 * When a message was sent, to the millisecond, the most that a time in HTML can have.
	 */
	public Instant datetime(ShownMessage message) {
		return message.sentAt().truncatedTo(ChronoUnit.MILLIS);
	}

	public int size() {
		return quietly(this.messages::size, 0);
	}

	public boolean isEmpty() {
		return size() == 0;
	}

	/**
	 * What the page sends when it has shown the messages, or {@code null} where they
	 * count as shown when it has been written.
	 */
	public @Nullable Confirmation getConfirmation() {
		String token = (this.confirmationPath != null) ? quietly(this.messages::token, null) : null;
		if (this.confirmationPath == null || token == null || !this.exchange.confirmByPage()) {
			return null;
		}
		return new Confirmation(this.confirmationPath, token);
	}

	public boolean isFirst() {
		return this.exchange.isFirstFragment();
	}

	@SuppressWarnings("ReferenceEquality") // the very same failure, not one like it
	private <T extends @Nullable Object> T quietly(Supplier<T> messages, T otherwise) {
		try {
			return messages.get();
		}
		catch (RuntimeException ex) {
			// a claim that fails does so each time
			if (ex != this.logged) {
				Unreachable.warn(logger, "Flash messages could not be read", ex);
				this.logged = ex;
			}
			return otherwise;
		}
	}

	public String words(String name, Object... args) {
		return this.texts.resolve("actionlog.flash." + name, this.locale, args);
	}

	/**
	 * The messages of a page.
	 *
	 * @param label what they are called together
	 * @param newest what is shown at once
	 * @param earlier what is shown when the reader asks for it
	 * @param more the words that open the earlier ones, or {@code null} where there are
	 * none
	 * @param open whether the earlier ones are shown at once, too: a warning or an error
	 * is among them
	 */
	record Parts(String label, List<ShownMessage> newest, List<ShownMessage> earlier, @Nullable String more,
			boolean open) {
	}

	/**
	 * A form that says that messages were shown.
	 *
	 * @param path where it is sent, below the context path
	 * @param token what the messages are held with
	 */
	record Confirmation(String path, String token) {
	}

}

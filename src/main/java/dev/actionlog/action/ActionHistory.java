package dev.actionlog.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.actionlog.text.Text;
import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;
import org.unbescape.html.HtmlEscape;

/**
 * What the history fragment shows: the actions of the user who looks at the page, grouped
 * by day in the reader's zone and said in the reader's language. Everything is computed
 * here, because the expressions of a template cost more than all else on a page.
 */
class ActionHistory {

	/** How long the newest action is marked as new. */
	private static final Duration NEW = Duration.ofMinutes(1);

	private final TextResolver texts;

	private final Locale locale;

	private final ZoneId zone;

	private final Instant now;

	private final UnaryOperator<String> links;

	private final int limit;

	private final List<Day> days;

	/**
	 * The history of some actions.
	 * @param actions the actions, the newest first
	 * @param limit how many are kept
	 * @param links makes an address of a path below the context path
	 */
	ActionHistory(List<Action> actions, int limit, TextResolver texts, Locale locale, ZoneId zone, Clock clock,
			UnaryOperator<String> links) {
		this.texts = texts;
		this.locale = locale;
		this.zone = zone;
		this.now = clock.instant();
		this.links = links;
		this.limit = limit;
		this.days = days(actions);
	}

	public List<Day> getDays() {
		return this.days;
	}

	/**
	 * Asked here, because by way of the list it would be the reflection of a class of the
	 * JDK, which a native image does not have.
	 */
	public boolean isEmpty() {
		return this.days.isEmpty();
	}

	public int getLimit() {
		return this.limit;
	}

	public String getZone() {
		return this.zone.getId();
	}

	public Instant getNow() {
		return this.now.truncatedTo(ChronoUnit.SECONDS);
	}

	public String words(String name, Object... args) {
		return this.texts.resolve("actionlog.history." + name, this.locale, args);
	}

	private List<Day> days(List<Action> actions) {
		Function<TemporalAccessor, String> date = this.texts.formatter("actionlog.history.day", this.locale);
		Function<TemporalAccessor, String> once = this.texts.formatter("actionlog.history.time", this.locale);
		Function<TemporalAccessor, String> twice = this.texts.formatter("actionlog.history.time.twice", this.locale);
		Map<LocalDate, List<Entry>> days = new LinkedHashMap<>();
		for (Action action : actions) {
			ZonedDateTime time = action.getRecordedAt().atZone(this.zone);
			// an hour that the clocks show twice is shown with its offset
			boolean ambiguous = this.zone.getRules().getValidOffsets(time.toLocalDateTime()).size() > 1;
			Entry entry = entry(action, (ambiguous ? twice : once).apply(time), days.isEmpty());
			days.computeIfAbsent(time.toLocalDate(), (day) -> new ArrayList<>()).add(entry);
		}
		LocalDate today = LocalDate.ofInstant(this.now, this.zone);
		return days.entrySet()
			.stream()
			.map((day) -> new Day(day.getKey(), nearby(day.getKey(), today), date.apply(day.getKey()), day.getValue()))
			.toList();
	}

	private Entry entry(Action action, String time, boolean newest) {
		Text text = action.getText();
		TextResolver.Words words = this.texts.words(text, this.locale, this.zone);
		Instant recordedAt = action.getRecordedAt();
		return new Entry(words.code() ? text.getMessage() : null, recordedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
				time, words.words(), (text.getLink() != null) ? this.links.apply(text.getLink()) : null,
				(newest && recordedAt.isAfter(this.now.minus(NEW))) ? words("new") : null);
	}

	private @Nullable String nearby(LocalDate date, LocalDate today) {
		if (date.equals(today)) {
			return words("today");
		}
		return date.equals(today.minusDays(1)) ? words("yesterday") : null;
	}

	/**
	 * The actions of a day.
	 *
	 * @param date the day, in the reader's zone
	 * @param nearby "Today" or "Yesterday" in the reader's words, or {@code null}
	 * @param label the date in the reader's words
	 * @param entries the actions, the newest first
	 */
	record Day(LocalDate date, @Nullable String nearby, String label, List<Entry> entries) {

		/**
		 * The list items of the entries as HTML.
		 */
		public String html() {
			StringBuilder html = new StringBuilder();
			this.entries.forEach((entry) -> entry.appendTo(html));
			return html.toString();
		}

	}

	/**
	 * An action in the reader's words.
	 *
	 * @param code the message code, or {@code null} for plain words
	 * @param datetime the time for machines
	 * @param time the time of the day for people
	 * @param text the words
	 * @param href the address that it links to, or {@code null}
	 * @param mark what tells that it is the newest and has just been recorded, or
	 * {@code null}
	 */
	record Entry(@Nullable String code, String datetime, String time, String text, @Nullable String href,
			@Nullable String mark) {

		private void appendTo(StringBuilder html) {
			html.append((this.code != null) ? "<li data-code=\"" + escape(this.code) + "\">" : "<li>");
			html.append("<time datetime=\"").append(this.datetime).append("\">");
			html.append(escape(this.time)).append("</time> – ");
			html.append((this.href != null) ? "<a dir=\"auto\" href=\"" + escape(this.href) + "\">"
					: "<span dir=\"auto\">");
			html.append(escape(this.text)).append((this.href != null) ? "</a>" : "</span>");
			if (this.mark != null) {
				html.append(" <mark>").append(escape(this.mark)).append("</mark>");
			}
			html.append("</li>");
		}

		private static String escape(String text) {
			return HtmlEscape.escapeHtml4Xml(text);
		}

	}

}

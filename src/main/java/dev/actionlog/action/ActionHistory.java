package dev.actionlog.action;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.unbescape.html.HtmlEscape;

/**
 * The actions of a user for a reader: grouped by day in the reader's zone and said in the
 * reader's language. It is plain data, for templates and for JSON; all strings are plain
 * text, to be escaped on output. {@link ActionHistories} gives it, {@code HistoryBuilder}
 * makes it.
 *
 * @param title what the actions are called together
 * @param days the days that have actions, the newest first
 * @param notes sentences to stand below: how many actions are kept, and the zone of the
 * times; where there are no actions, what will appear
 * @param more "Show 12 more" in the reader's words, where there is more than a page shows
 * at once, or {@code null}
 * @param keep how many actions are kept
 * @param zone the zone of the days and times
 * @param now the time at which this was made, to the second
 */
public record ActionHistory(String title, List<Day> days, List<String> notes, @Nullable String more, int keep,
		ZoneId zone, Instant now) {

	/** How many rows a page shows at once; the reader opens the others. */
	private static final int ROWS = 10;

	/**
	 * The days as far as a page shows them at once.
	 * @return days with at most 10 rows, of which one can be several entries
	 */
	public List<Day> newest() {
		return part(0, atOnce(this.days));
	}

	/**
	 * The days of what a page shows when the reader asks for it.
	 * @return days with the entries that {@link #newest()} leaves out
	 */
	public List<Day> older() {
		return part(atOnce(this.days), Integer.MAX_VALUE);
	}

	/**
	 * How many entries a page shows at once: those of ten rows. The same several times in
	 * a row is one of them.
	 */
	static int atOnce(List<Day> days) {
		int entries = 0;
		int rows = 0;
		for (Day day : days) {
			@Nullable Entry before = null;
			for (Entry entry : day.entries()) {
				if ((before == null || !entry.repeats(before)) && ++rows > ROWS) {
					return entries;
				}
				before = entry;
				entries++;
			}
		}
		return entries;
	}

	/**
	 * The days with the entries from one position on, up to but without another one.
	 */
	private List<Day> part(int from, int to) {
		List<Day> part = new ArrayList<>();
		int before = 0;
		for (Day day : this.days) {
			int size = day.entries().size();
			int begin = Math.min(Math.max(from - before, 0), size);
			int end = Math.min(Math.max(to - before, 0), size);
			if (begin < end) {
				part.add(new Day(day.date(), day.nearby(), day.label(), day.entries().subList(begin, end)));
			}
			before += size;
		}
		return part;
	}

	/**
	 * The actions of a day.
	 *
	 * @param date the day, in the reader's zone
	 * @param nearby "Today" or "Yesterday" in the reader's words, or {@code null}
	 * @param label the date in the reader's words
	 * @param entries the actions, the newest first
	 */
	public record Day(LocalDate date, @Nullable String nearby, String label, List<Entry> entries) {

		/**
		 * The list items of the entries, because the expressions of a template cost more
		 * than all else on a page. The same several times in a row is one item, with a
		 * count that opens the times of the others. Needs the libraries of Thymeleaf.
		 * @return HTML, in which everything is escaped
		 */
		public String html() {
			StringBuilder html = new StringBuilder();
			for (int from = 0, to; from < this.entries.size(); from = to) {
				Entry newest = this.entries.get(from);
				to = from + 1;
				while (to < this.entries.size() && this.entries.get(to).repeats(newest)) {
					to++;
				}
				newest.appendTo(html, this.entries.subList(from + 1, to));
			}
			return html.toString();
		}

	}

	/**
	 * An action in the reader's words.
	 *
	 * @param recordedAt when it was recorded, to the millisecond, the most that a time in
	 * HTML can have
	 * @param time the time of the day in the reader's words
	 * @param code the message code, or {@code null} for plain words
	 * @param text the words
	 * @param href the address that it links to, with the context path, or {@code null}
	 * @param mark "New" in the reader's words for the newest action if it has just been
	 * recorded, or {@code null}
	 */
	public record Entry(Instant recordedAt, String time, @Nullable String code, String text, @Nullable String href,
			@Nullable String mark) {

		private boolean repeats(Entry other) {
			return this.text.equals(other.text) && Objects.equals(this.code, other.code)
					&& Objects.equals(this.href, other.href);
		}

		private void appendTo(StringBuilder html, List<Entry> repeated) {
			html.append((this.code != null) ? "<li data-code=\"" + escape(this.code) + "\">" : "<li>");
			appendTime(html);
			html.append(' ')
				.append((this.href != null) ? "<a dir=\"auto\" href=\"" + escape(this.href) + "\">"
						: "<span dir=\"auto\">");
			html.append(escape(this.text)).append((this.href != null) ? "</a>" : "</span>");
			if (this.mark != null) {
				html.append(" <mark>").append(escape(this.mark)).append("</mark>");
			}
			if (!repeated.isEmpty()) {
				html.append(" <details><summary>×").append(repeated.size() + 1).append("</summary> ");
				repeated.forEach((entry) -> entry.appendTime(html));
				html.append("</details>");
			}
			html.append("</li>");
		}

		private void appendTime(StringBuilder html) {
			html.append("<time datetime=\"").append(this.recordedAt).append("\">");
			html.append(escape(this.time)).append("</time>");
		}

		private static String escape(String text) {
			return HtmlEscape.escapeHtml4Xml(text);
		}

	}

}

package dev.actionlog.action;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.unbescape.html.HtmlEscape;

/**
 * The actions of a user for a reader: grouped by day in the reader's zone and said in the
 * reader's language. It is plain data, for templates and for JSON; all strings are plain
 * text, to be escaped on output. {@link ActionHistories} makes it.
 *
 * @param title what the actions are called together
 * @param days the days that have actions, the newest first
 * @param notes sentences to stand below: how many actions are kept, and the zone of the
 * times; where there are no actions, what will appear
 * @param keep how many actions are kept
 * @param zone the zone of the days and times
 * @param now the time at which this was made, to the second
 */
public record ActionHistory(String title, List<Day> days, List<String> notes, int keep, ZoneId zone, Instant now) {

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
		 * than all else on a page. Needs the libraries of Thymeleaf.
		 * @return HTML, in which everything is escaped
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

		private void appendTo(StringBuilder html) {
			html.append((this.code != null) ? "<li data-code=\"" + escape(this.code) + "\">" : "<li>");
			html.append("<time datetime=\"").append(this.recordedAt).append("\">");
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

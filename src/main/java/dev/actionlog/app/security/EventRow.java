package dev.actionlog.app.security;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * A security event as pages show it.
 *
 * @param event the event
 * @param at when it was, in the reader's words and zone
 */
public record EventRow(SecurityEvent event, String at) {

	/**
	 * The row of an event.
	 * @param event the event
	 * @param zone the reader's
	 * @param locale the reader's
	 * @return the row
	 */
	public static EventRow of(SecurityEvent event, ZoneId zone, Locale locale) {
		return new EventRow(event, time(zone, locale).format(event.recordedAt()));
	}

	/**
	 * The form of times on pages about security.
	 * @param zone the reader's
	 * @param locale the reader's
	 * @return the form
	 */
	public static DateTimeFormatter time(ZoneId zone, Locale locale) {
		return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
			.withLocale(locale)
			.withZone(zone);
	}

}

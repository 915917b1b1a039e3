package dev.actionlog.app.security;

import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.util.function.Function;

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
	 * @param words says a time in the reader's words
	 * @return the row
	 */
	public static EventRow of(SecurityEvent event, ZoneId zone, Function<TemporalAccessor, String> words) {
		return new EventRow(event, words.apply(event.recordedAt().atZone(zone)));
	}

}

package dev.actionlog.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The types of {@code java.time} that an argument can have: how each is stored, and how
 * it is shown.
 */
enum DateArg {

	INSTANT('i', Instant.class, Instant::parse, "datetime"),

	DATE('d', LocalDate.class, LocalDate::parse, "date"),

	TIME('t', LocalTime.class, LocalTime::parse, "time"),

	DATE_TIME('l', LocalDateTime.class, LocalDateTime::parse, "datetime"),

	OFFSET_DATE_TIME('o', OffsetDateTime.class, OffsetDateTime::parse, "datetime"),

	ZONED_DATE_TIME('z', ZonedDateTime.class, ZonedDateTime::parse, "datetime");

	private final char letter;

	private final Class<? extends TemporalAccessor> type;

	@SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
	private final Function<String, TemporalAccessor> parser;

	private final String pattern;

	DateArg(char letter, Class<? extends TemporalAccessor> type, Function<String, TemporalAccessor> parser,
			String pattern) {
		this.letter = letter;
		this.type = type;
		this.parser = parser;
		this.pattern = pattern;
	}

	/**
	 * The type of an argument, or {@code null} if it is no date and no time.
	 */
	static @Nullable DateArg of(@Nullable Object arg) {
		for (DateArg date : values()) {
			if (date.type.isInstance(arg)) {
				return date;
			}
		}
		return null;
	}

	/**
	 * The stored form: the letter of the type and the ISO form.
	 */
	String encode(Object arg) {
		return this.letter + arg.toString();
	}

	/**
	 * What has the stored form, or {@code null} if nothing has.
	 */
	static @Nullable TemporalAccessor decode(String stored) {
		for (DateArg date : values()) {
			if (!stored.isEmpty() && stored.charAt(0) == date.letter) {
				try {
					return date.parser.apply(stored.substring(1));
				}
				catch (DateTimeException ex) {
					return null;
				}
			}
		}
		return null;
	}

	/**
	 * The message code of the pattern that shows this type.
	 */
	String patternCode() {
		return "actionlog.text." + this.pattern;
	}

	/**
	 * What a reader in a zone sees of it: what has an instant is moved there.
	 * @throws DateTimeException if it is too far from today to be moved
	 */
	static TemporalAccessor inZone(TemporalAccessor date, ZoneId zone) {
		if (date instanceof Instant instant) {
			return instant.atZone(zone);
		}
		if (date instanceof OffsetDateTime time) {
			return time.atZoneSameInstant(zone);
		}
		return (date instanceof ZonedDateTime time) ? time.withZoneSameInstant(zone) : date;
	}

}

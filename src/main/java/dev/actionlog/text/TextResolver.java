package dev.actionlog.text;

import java.awt.ComponentOrientation;
import java.text.Bidi;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.util.ConcurrentLruCache;

/**
 * Finds the words for a text in the reader's language: in the application's
 * {@link MessageSource} first, then in the library's own bundle (English and Portuguese).
 * Never throws, and never returns HTML: what it returns is to be escaped on output.
 */
public class TextResolver {

	static final String BUNDLE = "dev.actionlog.text.library";

	/**
	 * The one translation of the library's own bundle. Whatever is looked for in another
	 * language would be remembered, and a request can ask for any; its numbers are
	 * written as its words.
	 */
	private static final Locale PORTUGUESE = Locale.forLanguageTag("pt");

	private static final String FIRST_STRONG_ISOLATE = "\u2068";

	private static final String POP_DIRECTIONAL_ISOLATE = "\u2069";

	/** A request can ask for any language, so the number of formatters needs a bound. */
	private static final int MAX_FORMATTERS = 100;

	private final MessageSource application;

	private final MessageSource own;

	private final ConcurrentLruCache<FormatterKey, DateTimeFormatter> formatters = new ConcurrentLruCache<>(
			MAX_FORMATTERS, (key) -> DateTimeFormatter.ofPattern(key.pattern(), key.locale()));

	/**
	 * A resolver that asks an application's messages before the library's own.
	 * @param application the application's messages
	 */
	public TextResolver(MessageSource application) {
		this.application = application;
		ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();
		bundle.setBundleClassLoader(TextResolver.class.getClassLoader());
		bundle.setBasename(BUNDLE);
		bundle.setDefaultEncoding("UTF-8");
		bundle.setFallbackToSystemLocale(false);
		this.own = bundle;
	}

	/**
	 * The words of a text, with times in the zone of Spring's
	 * {@link LocaleContextHolder}: the reader's where the thread serves a request of an
	 * application that knows it, else the server's.
	 * @param text the text
	 * @param locale the reader's
	 * @return the words, see {@link #words}
	 */
	public String resolve(Text text, Locale locale) {
		return words(text, locale, LocaleContextHolder.getTimeZone().toZoneId()).words();
	}

	/**
	 * The words of a text, and whether it is a message code. Dates and times are written
	 * with the patterns {@code actionlog.text.date}, {@code actionlog.text.time} and
	 * {@code actionlog.text.datetime} of the bundles. Arguments that are written from
	 * right to left, and all in a language that is, stand between the characters that
	 * isolate them (U+2068 and U+2069).
	 * @param text the text
	 * @param locale the reader's
	 * @param zone the reader's
	 * @return the words; the message as it stands where no bundle knows it or where its
	 * pattern cannot be formatted with its arguments
	 */
	public Words words(Text text, Locale locale, ZoneId zone) {
		return words(text.getMessage(), locale,
				text.getArgs().stream().map((arg) -> isolate(format(arg, locale, zone), locale)).toArray());
	}

	private Words words(String code, Locale locale, Object[] args) {
		try {
			String words = find(code, locale, args);
			return (words != null) ? new Words(words, true) : new Words(code, false);
		}
		// whatever an application's MessageSource or a pattern throws: a page does not
		// fail for it
		catch (RuntimeException ex) {
			return new Words(code, true);
		}
	}

	/**
	 * A date or time in the reader's words, because {@code MessageFormat} knows none of
	 * {@code java.time}; any other argument as it is.
	 */
	private Object format(Object arg, Locale locale, ZoneId zone) {
		DateArg date = DateArg.of(arg);
		if (date == null) {
			return arg;
		}
		try {
			return formatter(date.patternCode(), locale).apply(DateArg.inZone((TemporalAccessor) arg, zone));
		}
		catch (DateTimeException ex) {
			return arg.toString();
		}
	}

	/**
	 * Keeps the direction of an argument from the words around it.
	 */
	private static Object isolate(Object arg, Locale locale) {
		if (arg instanceof String words && (Bidi.requiresBidi(words.toCharArray(), 0, words.length())
				|| !ComponentOrientation.getOrientation(locale).isLeftToRight())) {
			return FIRST_STRONG_ISOLATE + words + POP_DIRECTIONAL_ISOLATE;
		}
		return arg;
	}

	/**
	 * The words for a message code.
	 * @param code the message code
	 * @param locale the reader's
	 * @param args what the message's pattern takes
	 * @return the words; the code as it stands where no bundle knows it or where its
	 * pattern cannot be formatted with its arguments
	 */
	public String resolve(String code, Locale locale, Object... args) {
		return words(code, locale, args).words();
	}

	/**
	 * What formats dates and times with a pattern of {@link DateTimeFormatter} that
	 * stands in a bundle. {@code FormatStyle} would differ from one JDK to the next.
	 * @param patternCode the message code of the pattern
	 * @param locale the reader's
	 * @return a function that never throws: it gives the ISO form of what the pattern
	 * does not fit
	 */
	public Function<TemporalAccessor, String> formatter(String patternCode, Locale locale) {
		try {
			DateTimeFormatter formatter = this.formatters.get(new FormatterKey(resolve(patternCode, locale), locale));
			return (when) -> {
				try {
					return formatter.format(when);
				}
				catch (DateTimeException ex) {
					return when.toString();
				}
			};
		}
		catch (IllegalArgumentException ex) {
			return TemporalAccessor::toString;
		}
	}

	private @Nullable String find(String code, Locale locale, Object[] args) {
		String words = this.application.getMessage(code, args, null, locale);
		// an application may have it return unknown codes as they are
		if (words != null && !words.equals(code)) {
			return words;
		}
		return this.own.getMessage(code, args, null, locale.getLanguage().equals("pt") ? PORTUGUESE : Locale.ROOT);
	}

	/**
	 * What a text says.
	 *
	 * @param words the words in the reader's language
	 * @param code whether its message is a message code, and not plain words: a bundle
	 * knows it, or could not be asked
	 */
	public record Words(String words, boolean code) {
	}

	private record FormatterKey(String pattern, Locale locale) {
	}

}

package dev.actionlog.text;

import java.awt.ComponentOrientation;
import java.text.Bidi;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * Finds the words for a text in the reader's language: in the application's
 * {@link MessageSource} first, then in the library's own bundle (English and Portuguese).
 * Never throws, and never returns HTML: what it returns is to be escaped on output.
 */
public class TextResolver {

	private static final String FIRST_STRONG_ISOLATE = "\u2068";

	private static final String POP_DIRECTIONAL_ISOLATE = "\u2069";

	private final MessageSource application;

	private final MessageSource own;

	/**
	 * A resolver that asks an application's messages before the library's own.
	 * @param application the application's messages
	 */
	public TextResolver(MessageSource application) {
		this.application = application;
		ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();
		bundle.setBundleClassLoader(TextResolver.class.getClassLoader());
		bundle.setBasename("dev.actionlog.text.library");
		bundle.setDefaultEncoding("UTF-8");
		bundle.setFallbackToSystemLocale(false);
		this.own = bundle;
	}

	/**
	 * The words of a text. Arguments that are written from right to left, and all in a
	 * language that is, stand between the characters that isolate them (U+2068 and
	 * U+2069).
	 * @param text the text
	 * @param locale the reader's
	 * @return the words; the message as it stands where no bundle knows it or where its
	 * pattern cannot be formatted with its arguments
	 */
	public String resolve(Text text, Locale locale) {
		return resolve(text.getMessage(), locale, text.getArgs().stream().map((arg) -> isolate(arg, locale)).toArray());
	}

	/**
	 * Words do not turn those around them that are written the other way.
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
		try {
			String words = find(code, locale, args);
			return (words != null) ? words : code;
		}
		// whatever an application's MessageSource or a pattern throws: a page does not
		// fail for
		// it
		catch (RuntimeException ex) {
			return code;
		}
	}

	/**
	 * Whether a bundle knows the message of a text, so that it is a message code and not
	 * plain words.
	 * @param text the text
	 * @param locale the reader's
	 * @return {@code true} for a message code
	 */
	public boolean isCode(Text text, Locale locale) {
		try {
			return find(text.getMessage(), locale, new Object[0]) != null;
		}
		catch (RuntimeException ex) {
			return true;
		}
	}

	/**
	 * A date or time, formatted with a pattern of {@link DateTimeFormatter} that stands
	 * in a bundle. {@code FormatStyle} would differ from one JDK to the next.
	 * @param patternCode the message code of the pattern
	 * @param when the date or time
	 * @param locale the reader's
	 * @return the formatted date or time; its ISO form where the pattern does not fit
	 */
	public String format(String patternCode, TemporalAccessor when, Locale locale) {
		try {
			return DateTimeFormatter.ofPattern(resolve(patternCode, locale), locale).format(when);
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return when.toString();
		}
	}

	private @Nullable String find(String code, Locale locale, Object[] args) {
		String words = this.application.getMessage(code, args, null, locale);
		// an application may have it return unknown codes as they are
		if (words != null && !words.equals(code)) {
			return words;
		}
		return this.own.getMessage(code, args, null, locale);
	}

}

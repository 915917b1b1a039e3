package dev.actionlog.text;

import java.math.BigDecimal;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What is said: a message code with arguments, or plain words, and an optional link to a
 * page of this site. Immutable.
 * <p>
 * All lengths are {@link String#length()}. NUL and halves of surrogate pairs, which a
 * database cannot store, are dropped from the message and the arguments, and refused in a
 * link; from the arguments U+001F is dropped, too.
 */
@Embeddable
public final class Text {

	/** The most arguments that a text can have. */
	public static final int MAX_ARGS = 8;

	/** The length at which an argument is cut. */
	public static final int MAX_ARG_LENGTH = 200;

	/** The longest link. */
	public static final int MAX_LINK_LENGTH = 500;

	/**
	 * A path whose names are not empty, and a query and a fragment of any characters. A
	 * browser takes {@code //} at the beginning for the name of another site, reads a
	 * backslash in a path as a slash, and drops tabs and line breaks; what the path
	 * leaves behind when its {@code ..} are resolved must not begin with {@code //}
	 * either.
	 */
	private static final Pattern LINK = Pattern.compile("/([^/\\\\?#\\p{Cc}]++/?+)*+([?#]\\P{Cc}*+)?+");

	private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

	/**
	 * Marks an argument that is text though it looks like a number (or like a mark).
	 */
	private static final String TEXT_MARK = "\\";

	/** Marks a date or time, which {@link DateArg} stores. */
	private static final String DATE_MARK = "@";

	/** Ends an argument: the unit separator of ASCII, which stands in no argument. */
	private static final String END = "\u001f";

	private static final int MAX_ARGS_LENGTH = MAX_ARGS * (MAX_ARG_LENGTH + 1);

	/**
	 * The message code, or the plain words.
	 */
	@Column(nullable = false, length = 200)
	private String message;

	/**
	 * The arguments, each with its end: a number in its plain form, a date or time in its
	 * ISO form with a mark, all else as text, marked where it could be taken for one of
	 * these.
	 */
	@Column(nullable = false, length = MAX_ARGS_LENGTH)
	private String args;

	/**
	 * The path that the text links to.
	 */
	@Column(length = MAX_LINK_LENGTH)
	private @Nullable String link;

	/**
	 * For JPA.
	 */
	@SuppressWarnings("NullAway.Init")
	private Text() {
	}

	Text(String message, String args, @Nullable String link) {
		this.message = message;
		this.args = args;
		this.link = link;
	}

	/**
	 * A text without a link.
	 * @param message a message code, such as {@code photo.changed}, or plain words
	 * @param args what the message's pattern takes, at most {@value #MAX_ARGS}: numbers
	 * reach the pattern as numbers; a {@link java.time.Instant},
	 * {@link java.time.LocalDate}, {@link java.time.LocalTime},
	 * {@link java.time.LocalDateTime}, {@link java.time.OffsetDateTime} or
	 * {@link java.time.ZonedDateTime} as a date or time in the reader's language, and
	 * zone where it has an instant; all else as text, cut to {@value #MAX_ARG_LENGTH};
	 * {@code null} is an empty text
	 * @return the text
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 */
	public static Text of(String message, @Nullable Object @Nullable ... args) {
		Assert.notNull(message, "A text needs a message");
		String clean = storable(message);
		Assert.hasText(clean, "The message of a text must not be blank");
		@Nullable Object[] given = (args != null) ? args : new Object[0];
		Assert.isTrue(given.length <= MAX_ARGS, () -> "A text takes at most " + MAX_ARGS + " arguments");
		return new Text(clean, Arrays.stream(given).map((arg) -> encode(arg) + END).collect(Collectors.joining()),
				null);
	}

	/**
	 * This text with a link to a page of this site.
	 * @param path the path, below the application's context path: one leading {@code /},
	 * no {@code //} and no backslash, then a query and a fragment, which may have both;
	 * no control character, no half of a surrogate pair, at most
	 * {@value #MAX_LINK_LENGTH} long
	 * @return a copy of this text with that link
	 * @throws IllegalArgumentException if it is no such path
	 */
	public Text link(String path) {
		Assert.isTrue(isPath(path),
				"A link must be a path on this site, such as /photos/7, of at most " + MAX_LINK_LENGTH + " characters");
		return new Text(this.message, this.args, path);
	}

	private static boolean isPath(String path) {
		return path.length() <= MAX_LINK_LENGTH && LINK.matcher(path).matches() && path.equals(storable(path));
	}

	/**
	 * This text with its message cut to a length, the ellipsis included.
	 * @param length the most that is kept, at least 1
	 * @return this text where it is no longer, else a cut copy
	 */
	public Text limitedTo(int length) {
		return (this.message.length() <= length) ? this : new Text(cut(this.message, length), this.args, this.link);
	}

	/**
	 * The message code, or the plain words.
	 * @return never blank
	 */
	public String getMessage() {
		return this.message;
	}

	/**
	 * The arguments in their order, each a {@link BigDecimal} where a number was given,
	 * the same value of {@code java.time} where one was given that {@link #of} names, and
	 * a {@link String} otherwise.
	 * @return an unmodifiable list
	 */
	public List<Object> getArgs() {
		return encodedArgs().map(Text::decode).toList();
	}

	Stream<String> encodedArgs() {
		String[] parts = StringUtils.delimitedListToStringArray(this.args, END);
		// after the last end there is nothing
		return Arrays.stream(parts).limit(Math.max(parts.length - 1, 0));
	}

	/**
	 * The path that this text links to.
	 * @return the path, or {@code null} for no link
	 */
	public @Nullable String getLink() {
		return this.link;
	}

	String storedArgs() {
		return this.args;
	}

	private static String encode(@Nullable Object arg) {
		if (arg instanceof Number number) {
			String plain = plain(number);
			if (plain != null) {
				return plain;
			}
		}
		DateArg date = DateArg.of(arg);
		if (arg != null && date != null) {
			String marked = DATE_MARK + date.encode(arg);
			// the name of a zone can have any length
			if (marked.length() <= MAX_ARG_LENGTH) {
				return marked;
			}
		}
		String text = storable(Objects.toString(arg, "")).replace(END, "");
		boolean ambiguous = text.startsWith(TEXT_MARK) || text.startsWith(DATE_MARK) || NUMBER.matcher(text).matches();
		return cut(ambiguous ? TEXT_MARK + text : text, MAX_ARG_LENGTH);
	}

	/**
	 * A number's plain form, or {@code null} where it has none of a bearable length.
	 */
	private static @Nullable String plain(Number number) {
		try {
			BigDecimal decimal = new BigDecimal(number.toString());
			if (Math.abs((long) decimal.scale()) > MAX_ARG_LENGTH) {
				return null;
			}
			String plain = decimal.toPlainString();
			return (plain.length() <= MAX_ARG_LENGTH) ? plain : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	static Object decode(String arg) {
		if (arg.startsWith(TEXT_MARK)) {
			return arg.substring(TEXT_MARK.length());
		}
		if (arg.startsWith(DATE_MARK)) {
			TemporalAccessor date = DateArg.decode(arg.substring(DATE_MARK.length()));
			return (date != null) ? date : arg;
		}
		return NUMBER.matcher(arg).matches() ? new BigDecimal(arg) : arg;
	}

	private static String storable(String value) {
		return value.codePoints().allMatch(Text::isStorable) ? value
				: value.codePoints()
					.filter(Text::isStorable)
					.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
					.toString();
	}

	private static boolean isStorable(int ch) {
		return ch != 0 && Character.getType(ch) != Character.SURROGATE;
	}

	private static String cut(String value, int length) {
		if (value.length() <= length) {
			return value;
		}
		int end = length - 1;
		if (end > 0 && Character.isHighSurrogate(value.charAt(end - 1))) {
			end--;
		}
		return value.substring(0, end) + "…";
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Text text && this.message.equals(text.message) && this.args.equals(text.args)
				&& Objects.equals(this.link, text.link);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.message, this.args, this.link);
	}

	@Override
	public String toString() {
		return this.message + getArgs() + ((this.link != null) ? " -> " + this.link : "");
	}

}

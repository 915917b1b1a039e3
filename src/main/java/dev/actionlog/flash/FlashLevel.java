package dev.actionlog.flash;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How important a message is. The five levels have the numbers that Django gives them;
 * any other number is a level too.
 *
 * @param value the number; the higher, the more important
 */
public record FlashLevel(int value) implements Comparable<FlashLevel> {

	/** For developers; not kept by default. */
	public static final FlashLevel DEBUG = new FlashLevel(10);

	/** Something to know. */
	public static final FlashLevel INFO = new FlashLevel(20);

	/** Something went well. */
	public static final FlashLevel SUCCESS = new FlashLevel(25);

	/** Something to look after. */
	public static final FlashLevel WARNING = new FlashLevel(30);

	/** Something went wrong. */
	public static final FlashLevel ERROR = new FlashLevel(40);

	private static final List<FlashLevel> NAMED = List.of(DEBUG, INFO, SUCCESS, WARNING, ERROR);

	private static final List<String> NAMES = List.of("debug", "info", "success", "warning", "error");

	/**
	 * The level of a name or number, as it stands in a setting.
	 * @param level one of {@code debug}, {@code info}, {@code success}, {@code warning}
	 * and {@code error} in any case, or a number
	 * @return the level
	 * @throws IllegalArgumentException if it is neither
	 */
	public static FlashLevel valueOf(String level) {
		int named = NAMES.indexOf(level.strip().toLowerCase(Locale.ROOT));
		if (named >= 0) {
			return NAMED.get(named);
		}
		try {
			return new FlashLevel(Integer.parseInt(level.strip()));
		}
		catch (NumberFormatException ex) {
			// without the cause, which Spring Boot would name instead
			throw new IllegalArgumentException("No flash level is called '" + level + "'");
		}
	}

	/**
	 * The name of one of the five levels, in lower case.
	 * @return the name, or empty for any other level
	 */
	public Optional<String> name() {
		int named = NAMED.indexOf(this);
		return (named >= 0) ? Optional.of(NAMES.get(named)) : Optional.empty();
	}

	@Override
	public int compareTo(FlashLevel other) {
		return Integer.compare(this.value, other.value);
	}

	@Override
	public String toString() {
		return name().orElseGet(() -> String.valueOf(this.value));
	}

}

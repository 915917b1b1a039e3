package dev.actionlog.app.account;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.Zxcvbn;

import org.springframework.stereotype.Component;

/**
 * Rules for passwords: their length, that they are neither the user's name nor the
 * application's, and that they are not among the first that are guessed. Lengths are in
 * code points.
 */
@Component
class PasswordPolicy {

	static final int MIN_LENGTH = 8;

	static final int MAX_LENGTH = 64;

	private static final String APPLICATION = "actionlog";

	/** The lowest score that is taken: more than a million guesses. */
	private static final int MIN_SCORE = 2;

	/** Signs that stand for letters. */
	private static final String SIGNS = "@({[<!|$+%";

	/** The letters for which they stand, in the same order. */
	private static final String LETTERS = "accccilstx";

	/** How much of a password is measured, which costs more than linear time. */
	private static final int MEASURED_LENGTH = 32;

	private final Zxcvbn guesses = new Zxcvbn();

	/** Those with signs are not found when letters are measured in their places. */
	private final Set<String> leaked;

	PasswordPolicy() throws IOException {
		this.leaked = Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
	}

	/**
	 * What is wrong with a password.
	 * @param username the valid name of the user, or an empty text
	 * @return the message code of the objection, or empty where there is none
	 */
	Optional<String> objection(String username, String password) {
		if (password.isEmpty()) {
			return Optional.of("password.new.missing");
		}
		if (isTooLong(password) || password.codePointCount(0, password.length()) < MIN_LENGTH) {
			return Optional.of("password.length");
		}
		String lower = password.toLowerCase(Locale.ROOT);
		String core = core(lower);
		if (core.equals(core(username)) || core.equals(APPLICATION)) {
			return Optional.of("password.name");
		}
		return (this.leaked.contains(lower)
				|| this.guesses.measure(measured(password), List.of(username, APPLICATION)).getScore() < MIN_SCORE)
						? Optional.of("password.common") : Optional.empty();
	}

	/**
	 * Whether a password is longer than any that can be chosen, so that nothing else has
	 * to be asked about it.
	 */
	static boolean isTooLong(String password) {
		return password.length() > 2 * MAX_LENGTH || password.codePointCount(0, password.length()) > MAX_LENGTH;
	}

	/**
	 * The part of a password that is measured, with letters for signs: the library would
	 * try each combination of what many signs can stand for, which can take seconds.
	 */
	private static String measured(String password) {
		return password.codePoints()
			.limit(MEASURED_LENGTH)
			.map((sign) -> (SIGNS.indexOf(sign) < 0) ? sign : LETTERS.charAt(SIGNS.indexOf(sign)))
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/**
	 * A word without the digits and signs around it.
	 */
	private static String core(String word) {
		int[] letters = word.codePoints().toArray();
		int start = 0;
		int end = letters.length;
		while (start < end && !Character.isLetter(letters[start])) {
			start++;
		}
		while (end > start && !Character.isLetter(letters[end - 1])) {
			end--;
		}
		return (start < end) ? new String(letters, start, end - start) : word;
	}

}

package dev.actionlog.app.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.nulabinc.zxcvbn.StandardDictionaries;

import org.springframework.stereotype.Component;

/**
 * Which passwords are taken: long enough, and not among the first that anyone would try.
 * Lengths are in characters as a person counts them (code points).
 */
@Component
class PasswordPolicy {

	static final int MIN_LENGTH = 8;

	static final int MAX_LENGTH = 64;

	private final Set<String> common;

	PasswordPolicy() {
		try {
			this.common = Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What is wrong with a password.
	 * @return the message code of the objection, or empty where there is none
	 */
	Optional<String> objection(String username, String password) {
		int length = password.codePointCount(0, password.length());
		if (length < MIN_LENGTH || length > MAX_LENGTH) {
			return Optional.of("password.length");
		}
		String lower = password.toLowerCase(Locale.ROOT);
		if (core(lower).equals(core(username))) {
			return Optional.of("password.name");
		}
		return this.common.contains(lower) ? Optional.of("password.common") : Optional.empty();
	}

	/**
	 * What remains of a word without the digits and signs that people put around it.
	 */
	private static String core(String word) {
		String core = word.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
		return core.isEmpty() ? word : core;
	}

}

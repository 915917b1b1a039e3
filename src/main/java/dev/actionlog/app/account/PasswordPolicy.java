package dev.actionlog.app.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.nulabinc.zxcvbn.StandardDictionaries;

import org.springframework.stereotype.Component;

/**
 * Rules for passwords: their length, and that they are neither the user name nor a common
 * password. Lengths are in code points.
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
	 * A word without the digits and signs around it.
	 */
	private static String core(String word) {
		String core = word.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
		return core.isEmpty() ? word : core;
	}

}

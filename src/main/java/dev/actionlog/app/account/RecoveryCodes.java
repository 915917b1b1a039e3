package dev.actionlog.app.account;

import java.security.SecureRandom;
import java.util.Locale;

import dev.actionlog.app.Hashes;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The recovery codes, one an account, each of which replaces a forgotten password once.
 * <p>
 * A code has 140 random bits, so its hash is a fast one without a salt: nobody can try
 * enough codes, not even with the table at hand, and trying one costs the server nothing.
 */
@Component
class RecoveryCodes {

	/** Digits and letters without I, L, O and U, as in Crockford's base 32. */
	private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

	private static final int LENGTH = 28;

	private static final int GROUP = 4;

	/** The longest typed code that is looked at. */
	private static final int MAX_TYPED_LENGTH = 100;

	private static final String SHOWN_NEXT = RecoveryCodes.class.getName() + ".shownNext";

	private final SecureRandom random = new SecureRandom();

	private final JdbcClient jdbc;

	RecoveryCodes(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Gives an account a new code in place of its old one. The caller holds the lock on
	 * the account, or has just made it.
	 * @return the code, which nobody can read again
	 */
	String renew(String username) {
		StringBuilder code = new StringBuilder();
		for (int i = 0; i < LENGTH; i++) {
			code.append((i > 0 && i % GROUP == 0) ? "-" : "")
				.append(ALPHABET.charAt(this.random.nextInt(ALPHABET.length())));
		}
		this.jdbc.sql("delete from recovery_code where username = ?").param(username).update();
		this.jdbc.sql("insert into recovery_code (username, code_hash) values (?, ?)")
			.param(username)
			.param(hash(code.toString()))
			.update();
		return code.toString();
	}

	/**
	 * Whether a code is that of an account.
	 */
	boolean isCode(String username, String typed) {
		return this.jdbc.sql("select count(*) from recovery_code where username = ? and code_hash = ?")
			.param(username)
			.param(hash(typed))
			.query(Integer.class)
			.single() > 0;
	}

	/**
	 * Hashes a code as it is typed: in any case, with or without hyphens and spaces, with
	 * letters that look like digits.
	 */
	private static String hash(String typed) {
		String code = (typed.length() <= MAX_TYPED_LENGTH) ? typed.toUpperCase(Locale.ROOT)
			.replaceAll("[^0-9A-Z]", "")
			.replace('O', '0')
			.replace('I', '1')
			.replace('L', '1') : "";
		return Hashes.of(code);
	}

	/**
	 * Keeps a new code in the session for the next page, which shows it.
	 */
	static void showNext(String code, HttpServletRequest request) {
		request.getSession().setAttribute(SHOWN_NEXT, code);
	}

	/**
	 * The code that is to be shown, once.
	 */
	static @Nullable String takeShown(HttpServletRequest request) {
		String code = (String) request.getSession().getAttribute(SHOWN_NEXT);
		request.getSession().removeAttribute(SHOWN_NEXT);
		return code;
	}

}

package dev.actionlog.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Hashes for what is compared and never read: random secrets, and names and addresses in
 * counters. They are quick to make, so passwords have others.
 */
public final class Hashes {

	private Hashes() {
	}

	/**
	 * The hash of a text.
	 * @param text the text
	 * @return its SHA-256 in the Base64 of addresses, 43 characters
	 */
	public static String of(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		// every JDK has it
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

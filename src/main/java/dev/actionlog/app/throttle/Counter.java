package dev.actionlog.app.throttle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A counter of attempts: a row of the table.
 *
 * @param limit the limit of the attempts
 * @param id the row's key: a hash, so that a name of any length has a short one, and
 * neither names nor addresses are stored
 */
record Counter(Limit limit, String id) {

	static Counter of(Limit limit, String... subject) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			byte[] text = (limit.name() + '\n' + String.join("\n", subject)).getBytes(StandardCharsets.UTF_8);
			return new Counter(limit, Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(text)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

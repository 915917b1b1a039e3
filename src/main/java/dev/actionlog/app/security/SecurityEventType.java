package dev.actionlog.app.security;

import java.util.Locale;

/**
 * What can happen to an account.
 */
public enum SecurityEventType {

	/** Somebody signed in, in whatever way. */
	SIGNED_IN,

	/** The user signed out. */
	SIGNED_OUT,

	/**
	 * A password or a recovery code was wrong. Several in a row are one event that counts
	 * them, so that a guesser does not push the others out.
	 */
	WRONG_PASSWORD,

	/** The password was changed by who knew it. */
	PASSWORD_CHANGED,

	/** The password was replaced with the recovery code. */
	PASSWORD_RECOVERED,

	/** The recovery code was replaced. */
	RECOVERY_CODE_RENEWED,

	/** A passkey was added. */
	PASSKEY_ADDED,

	/** A passkey was removed. */
	PASSKEY_REMOVED,

	/** Other sessions of the user were ended. */
	SESSIONS_ENDED,

	/** The list of recent actions was cleared. */
	ACTIONS_CLEARED,

	/** Fewer recent actions are kept than before. */
	KEEP_LOWERED,

	/** The download of all data was started. */
	EXPORT_STARTED,

	/** The file with all data was downloaded. */
	EXPORT_DOWNLOADED,

	/** A message to many users was published. */
	ANNOUNCEMENT_SENT,

	/** A message to many users was changed before it began. */
	ANNOUNCEMENT_CHANGED,

	/** A message to many users was withdrawn. */
	ANNOUNCEMENT_WITHDRAWN;

	/**
	 * The code of the message that says it.
	 * @return the code of a message with one argument, how many times it happened
	 */
	public String messageCode() {
		return "security.event." + dashed();
	}

	/** The name as logs have it. */
	String dashed() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}

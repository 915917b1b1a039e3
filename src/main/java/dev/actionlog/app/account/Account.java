package dev.actionlog.app.account;

import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/**
 * The account of a user: all of it but the password, which Spring Security stores.
 */
@Entity
public class Account {

	/**
	 * A pattern: has a visible character. The Hangul fillers count as letters but are not
	 * visible.
	 */
	public static final String VISIBLE = "(?s).*[\\p{L}\\p{N}\\p{P}\\p{S}&&[^\\u115F\\u1160\\u3164\\uFFA0]].*";

	/** The longest display name. */
	public static final int MAX_DISPLAY_NAME_LENGTH = 80;

	/** The longest identifier of a time zone. */
	static final int MAX_TIME_ZONE_LENGTH = 64;

	@Id
	@Column(length = 32)
	private String username;

	@Column(nullable = false, length = MAX_DISPLAY_NAME_LENGTH)
	private String displayName;

	@Column(nullable = false, length = 35)
	private String language;

	@Column(nullable = false, length = MAX_TIME_ZONE_LENGTH)
	private String timeZone;

	@Column(nullable = false, length = 36)
	private String sessionKey;

	@Column(length = 36)
	private @Nullable String photoTag;

	/** Spring Security's, read with the account so that it costs no statement. */
	@Formula("(select u.enabled from users u where u.username = username)")
	private boolean enabled;

	/**
	 * Read with the account, so that a page asks for the sign-in only where one waits.
	 */
	@Formula("exists (select 1 from security_event e where e.username = username and e.answer = 'waiting')")
	private boolean signInWaiting;

	// for JPA
	@SuppressWarnings("NullAway.Init")
	protected Account() {
	}

	Account(String username, Locale language, ZoneId timeZone) {
		this.username = username;
		this.displayName = username;
		this.language = language.toLanguageTag();
		this.timeZone = timeZone.getId();
		this.sessionKey = UUID.randomUUID().toString();
	}

	/**
	 * Gives the account another display name.
	 * @param displayName at most {@value #MAX_DISPLAY_NAME_LENGTH} long
	 */
	public void rename(String displayName) {
		this.displayName = displayName;
	}

	void changeSettings(Locale language, ZoneId timeZone) {
		this.language = language.toLanguageTag();
		this.timeZone = timeZone.getId();
	}

	/**
	 * Ends every session that was opened with the old key.
	 */
	void renewSessionKey() {
		this.sessionKey = UUID.randomUUID().toString();
	}

	/**
	 * Notes that the photo was changed.
	 */
	public void photoChanged() {
		this.photoTag = UUID.randomUUID().toString();
	}

	/**
	 * Notes that the photo was removed.
	 */
	public void photoRemoved() {
		this.photoTag = null;
	}

	public String getUsername() {
		return this.username;
	}

	public String getDisplayName() {
		return this.displayName;
	}

	public Locale getLanguage() {
		return Locale.forLanguageTag(this.language);
	}

	public ZoneId getTimeZone() {
		return ZoneId.of(this.timeZone);
	}

	String getSessionKey() {
		return this.sessionKey;
	}

	boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Whether a sign-in from a new device waits for the owner's answer.
	 */
	boolean isSignInWaiting() {
		return this.signInWaiting;
	}

	/**
	 * Whether a session that was opened with a key is still valid.
	 */
	boolean isOpenFor(String sessionKey) {
		return this.enabled && this.sessionKey.equals(sessionKey);
	}

	/**
	 * The tag of the photo, which changes with each photo.
	 * @return the tag, or {@code null} where there is no photo
	 */
	public @Nullable String getPhotoTag() {
		return this.photoTag;
	}

}

package dev.actionlog.profile;

import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import org.jspecify.annotations.Nullable;

/**
 * One user of the application, found by the name of the user's principal. Only
 * {@link ProfileService} makes and changes it. It maps no collection of what hangs off
 * it.
 */
@Entity(name = "actionlogProfile")
@Table(name = "actionlog_profile",
		uniqueConstraints = @UniqueConstraint(name = "actionlog_profile_username", columnNames = "username"),
		check = @CheckConstraint(name = "actionlog_profile_keep", constraint = "keep >= 0"))
public class UserProfile {

	/** The longest name of a user. */
	public static final int MAX_USERNAME_LENGTH = 255;

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@Column(nullable = false, length = MAX_USERNAME_LENGTH)
	private String username;

	private @Nullable Integer keep;

	/**
	 * For JPA.
	 */
	@SuppressWarnings("NullAway.Init")
	protected UserProfile() {
	}

	/**
	 * The name of the user's principal, compared exactly.
	 * @return the name
	 */
	public String getUsername() {
		return this.username;
	}

	/**
	 * How many actions are kept for this user.
	 * @return the user's own number, or {@code null} for the default
	 */
	public @Nullable Integer getKeep() {
		return this.keep;
	}

	@Override
	public String toString() {
		return "UserProfile " + this.id;
	}

}

package dev.actionlog.profile;

import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * One user of the application, found by the name of the user's principal. Mapped for
 * queries: the library writes it with SQL of its own. It maps no collection of what hangs
 * off it.
 */
@Entity(name = "actionlogProfile")
@Immutable
@Table(name = "actionlog_profile", check = @CheckConstraint(name = "actionlog_profile_keep", constraint = "keep >= 0"))
@SuppressWarnings("UnusedVariable") // columns for the mapping only
public class UserProfile {

	/** The longest name of a user. */
	public static final int MAX_USERNAME_LENGTH = 255;

	@Id
	@Column(length = MAX_USERNAME_LENGTH)
	private String username;

	private @Nullable Integer keep;

	/** The number of actions for which the rows of the log are laid out. */
	@ColumnDefault("0")
	private int slots;

	/** The number of the user's last action. */
	@ColumnDefault("0")
	private long written;

	/** The number of the user's last message. */
	@ColumnDefault("0")
	private long sent;

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
		return "UserProfile " + this.username;
	}

}

package dev.actionlog.action;

import java.time.Instant;

import dev.actionlog.profile.UserProfile;
import dev.actionlog.text.Text;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a user did. Immutable.
 */
@Entity(name = "actionlogAction")
@Immutable
@Table(name = "actionlog_action", indexes = @Index(name = "actionlog_action_newest", columnList = "profile_id, id"))
public class Action {

	/** The length at which the message of an action is cut. */
	public static final int MAX_MESSAGE_LENGTH = 200;

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	@JoinColumn(name = "profile_id", foreignKey = @ForeignKey(name = "actionlog_action_profile"))
	@OnDelete(action = OnDeleteAction.CASCADE)
	@SuppressWarnings("UnusedVariable") // for queries only: an action shows no way to its
										// profile
	private UserProfile profile;

	@Embedded
	private Text text;

	@Column(nullable = false)
	private Instant recordedAt;

	/**
	 * For JPA.
	 */
	@SuppressWarnings("NullAway.Init")
	protected Action() {
	}

	Action(UserProfile profile, Text text, Instant recordedAt) {
		this.profile = profile;
		this.text = text.limitedTo(MAX_MESSAGE_LENGTH);
		this.recordedAt = recordedAt;
	}

	/**
	 * An action as it was read, to be shown and not to be stored.
	 */
	@SuppressWarnings("NullAway.Init")
	Action(Text text, Instant recordedAt) {
		this.text = text;
		this.recordedAt = recordedAt;
	}

	/**
	 * What was done.
	 * @return the text, its message at most {@value #MAX_MESSAGE_LENGTH} long
	 */
	public Text getText() {
		return this.text;
	}

	/**
	 * When it was recorded, by the clock of the node that recorded it.
	 * @return the time, to the microsecond
	 */
	public Instant getRecordedAt() {
		return this.recordedAt;
	}

	@Override
	public String toString() {
		return this.recordedAt + " " + this.text;
	}

}

package dev.actionlog.action;

import java.io.Serializable;
import java.time.Instant;

import dev.actionlog.profile.UserProfile;
import dev.actionlog.text.Text;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.type.SqlTypes;

/**
 * One thing that a user did. Immutable. Mapped for queries: the library reads and writes
 * it with SQL of its own.
 */
@Entity(name = "actionlogAction")
@IdClass(Action.Key.class)
@Immutable
// the unique constraint is not made: it gives the columns of the primary key their order
@Table(name = "actionlog_action", uniqueConstraints = @UniqueConstraint(columnNames = { "username", "slot" }))
@SuppressWarnings("UnusedVariable") // columns for the mapping only
public class Action {

	/** The length at which the message of an action is cut. */
	public static final int MAX_MESSAGE_LENGTH = 200;

	@Id
	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	@JoinColumn(name = "username", foreignKey = @ForeignKey(name = "actionlog_action_profile"))
	@OnDelete(action = OnDeleteAction.CASCADE)
	private UserProfile profile;

	/** Where in the ring the action lies: its number modulo the user's slots. */
	@Id
	private int slot;

	/** The place of the action in the order of writing. */
	private long number;

	@Embedded
	private Text text;

	// whatever type the application prefers for times
	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	@Column(nullable = false)
	private Instant recordedAt;

	/**
	 * For JPA.
	 */
	@SuppressWarnings("NullAway.Init")
	protected Action() {
	}

	/**
	 * An action that is not managed by JPA.
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

	/**
	 * The key of an action, for JPA.
	 *
	 * @param profile the name of the user
	 * @param slot where in the ring the action lies
	 */
	record Key(String profile, int slot) implements Serializable {
	}

}

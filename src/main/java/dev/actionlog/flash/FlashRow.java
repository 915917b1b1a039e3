package dev.actionlog.flash;

import java.io.Serializable;
import java.time.Instant;

import dev.actionlog.profile.UserProfile;
import jakarta.persistence.Column;
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
import org.jspecify.annotations.Nullable;

/**
 * The mapping of the table of messages, so that JPA knows it and applications can query
 * it. {@link UserFlashStorage} reads and writes it.
 */
@Entity(name = "actionlogFlash")
@IdClass(FlashRow.Key.class)
@Immutable
// the unique constraint is not made: it gives the columns of the primary key their order
@Table(name = "actionlog_flash", uniqueConstraints = @UniqueConstraint(columnNames = { "username", "number" }))
@SuppressWarnings({ "NullAway.Init", "UnusedVariable" }) // columns for the mapping only
class FlashRow extends MessageRow {

	@Id
	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	@JoinColumn(name = "username", foreignKey = @ForeignKey(name = "actionlog_flash_profile"))
	@OnDelete(action = OnDeleteAction.CASCADE)
	private UserProfile profile;

	/** The place of the message in the order of adding. */
	@Id
	private long number;

	// whatever type the application prefers for times
	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	@Column(nullable = false)
	private Instant sentAt;

	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	@Column(nullable = false)
	private Instant expiresAt;

	/** The id of the announcement of which it is a copy. */
	@Column(length = 36)
	private @Nullable String announcement;

	/** The token of the page that shows the message. */
	@Column(length = 36)
	private @Nullable String claimToken;

	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	private @Nullable Instant claimedUntil;

	/**
	 * The key of a message, for JPA.
	 *
	 * @param profile the name of the user
	 * @param number the place in the order of adding
	 */
	record Key(String profile, long number) implements Serializable {
	}

}

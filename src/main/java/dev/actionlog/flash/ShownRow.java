package dev.actionlog.flash;

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

/**
 * The mapping of the table of messages that users were shown, so that JPA knows it.
 * {@link ShownMessages} reads and writes it.
 */
@Entity(name = "actionlogShown")
@IdClass(FlashRow.Key.class)
@Immutable
// the unique constraint is not made: it gives the columns of the primary key their order
@Table(name = "actionlog_shown", uniqueConstraints = @UniqueConstraint(columnNames = { "username", "number" }))
@SuppressWarnings({ "NullAway.Init", "UnusedVariable" }) // columns for the mapping only
class ShownRow extends MessageRow {

	@Id
	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	@JoinColumn(name = "username", foreignKey = @ForeignKey(name = "actionlog_shown_profile"))
	@OnDelete(action = OnDeleteAction.CASCADE)
	private UserProfile profile;

	/** The place of the message in the order of adding. */
	@Id
	private long number;

	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	@Column(nullable = false)
	private Instant sentAt;

	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	@Column(nullable = false)
	private Instant shownAt;

}

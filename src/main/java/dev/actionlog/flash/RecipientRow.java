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
import jakarta.persistence.Index;
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
 * The mapping of the table that says which users have got an announcement, so that JPA
 * knows it. {@link Announcements} and {@link AnnouncementCopies} read and write it.
 */
@Entity(name = "actionlogRecipient")
@IdClass(RecipientRow.Key.class)
@Immutable
// the unique constraint is not made: it gives the columns of the primary key their order
@Table(name = "actionlog_recipient",
		uniqueConstraints = @UniqueConstraint(columnNames = { "username", "announcement" }),
		indexes = @Index(name = "actionlog_recipient_announcement", columnList = "announcement"))
@SuppressWarnings({ "NullAway.Init", "UnusedVariable" }) // columns for the mapping only
class RecipientRow {

	@Id
	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	@JoinColumn(name = "username", foreignKey = @ForeignKey(name = "actionlog_recipient_profile"))
	@OnDelete(action = OnDeleteAction.CASCADE)
	private UserProfile profile;

	/** The id of the announcement. */
	@Id
	@Column(length = 36)
	private String announcement;

	/**
	 * When the user got a copy, or {@code null} for one who is named and has none yet.
	 */
	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	private @Nullable Instant copiedAt;

	/** When a page had shown it to the user. */
	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	private @Nullable Instant seenAt;

	/**
	 * The key of a recipient, for JPA.
	 *
	 * @param profile the name of the user
	 * @param announcement the id of the announcement
	 */
	record Key(String profile, String announcement) implements Serializable {
	}

}

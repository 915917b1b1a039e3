package dev.actionlog.flash;

import java.time.Instant;

import dev.actionlog.profile.UserProfile;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of the table of announcements, so that JPA knows it. {@link Announcements}
 * reads and writes it.
 */
@Entity(name = "actionlogAnnouncement")
@Immutable
@Table(name = "actionlog_announcement",
		indexes = @Index(name = "actionlog_announcement_ends_at", columnList = "ends_at"))
@SuppressWarnings({ "NullAway.Init", "UnusedVariable" }) // columns for the mapping only
class AnnouncementRow extends MessageRow {

	@Id
	@Column(length = 36)
	private String id;

	/** See {@link Translations}. */
	@Column(nullable = false, length = Translations.MAX_COLUMN_LENGTH)
	private String translations;

	/** How many users it is for, or {@code null} for all. */
	private @Nullable Integer recipients;

	@Column(length = UserProfile.MAX_USERNAME_LENGTH)
	private @Nullable String publishedBy;

	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	@Column(nullable = false)
	private Instant publishedAt;

	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	@Column(nullable = false)
	private Instant beginsAt;

	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	@Column(nullable = false)
	private Instant endsAt;

	@JdbcTypeCode(SqlTypes.TIMESTAMP_UTC)
	private @Nullable Instant withdrawnAt;

}

package dev.actionlog.flash;

import java.time.Instant;

import dev.actionlog.profile.UserProfile;
import dev.actionlog.text.Text;
import jakarta.persistence.AttributeOverride;
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
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for a user. While a page shows it, it has the page's token and a
 * lease; only {@link FlashStore} sets these.
 */
@Entity(name = "actionlogFlash")
@Table(name = "actionlog_flash", indexes = @Index(name = "actionlog_flash_pending", columnList = "profile_id, id"))
@SuppressWarnings("UnusedVariable") // fields for queries only
class FlashRow {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	@JoinColumn(name = "profile_id", foreignKey = @ForeignKey(name = "actionlog_flash_profile"))
	@OnDelete(action = OnDeleteAction.CASCADE)
	private UserProfile profile;

	@Column(nullable = false)
	private int level;

	@Embedded
	@AttributeOverride(name = "message",
			column = @Column(name = "message", nullable = false, length = FlashDraft.MAX_MESSAGE_LENGTH))
	private Text text;

	@Column(nullable = false, length = 200)
	private String tags;

	@Column(nullable = false)
	private Instant sentAt;

	@Column(nullable = false)
	private Instant expiresAt;

	@Column(length = 36)
	private @Nullable String claimToken;

	private @Nullable Instant claimedUntil;

	/**
	 * For JPA.
	 */
	@SuppressWarnings("NullAway.Init")
	protected FlashRow() {
	}

	FlashRow(UserProfile profile, Pending message) {
		this.profile = profile;
		this.level = message.level().value();
		this.text = message.text();
		this.tags = message.tags();
		this.sentAt = message.sentAt();
		this.expiresAt = message.expiresAt();
	}

	@Nullable Long getId() {
		return this.id;
	}

	Pending toPending() {
		return new Pending(new FlashLevel(this.level), this.text, this.tags, this.sentAt, this.expiresAt);
	}

}

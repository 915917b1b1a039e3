package dev.actionlog.flash;

import dev.actionlog.text.Text;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of what a message says, in each table that has messages.
 * {@link MessageColumns} reads and writes it.
 */
@MappedSuperclass
@SuppressWarnings({ "NullAway.Init", "UnusedVariable" }) // columns for the mapping only
abstract class MessageRow {

	private int level;

	@Embedded
	@AttributeOverride(name = "message",
			column = @Column(name = "message", nullable = false, length = FlashDraft.MAX_MESSAGE_LENGTH))
	private Text text;

	@Column(nullable = false, length = 200)
	private String tags;

	@Column(length = FlashDraft.MAX_KEY_LENGTH)
	private @Nullable String messageKey;

	@Column(length = FlashDraft.MAX_LABEL_LENGTH)
	private @Nullable String actionLabel;

	@Column(length = Text.MAX_LINK_LENGTH)
	private @Nullable String actionPath;

}

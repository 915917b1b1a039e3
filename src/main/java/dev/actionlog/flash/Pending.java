package dev.actionlog.flash;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.actionlog.text.Text;

/**
 * A message that waits, as it is stored. Serializable, for the HTTP session.
 *
 * @param level how important it is
 * @param text what it says
 * @param tags the extra tags, with spaces between them
 * @param sentAt when it was sent
 * @param expiresAt from when on it is not shown any more
 */
record Pending(FlashLevel level, Text text, String tags, Instant sentAt, Instant expiresAt) implements Serializable {

	static Pending of(FlashDraft draft, Instant now, Duration defaultExpiry) {
		Duration expiry = draft.expiry();
		Instant sentAt = now.truncatedTo(ChronoUnit.MICROS);
		return new Pending(draft.level(), draft.text(), draft.tags(), sentAt,
				sentAt.plus((expiry != null) ? expiry : defaultExpiry));
	}

	FlashMessage toMessage(FlashProperties properties) {
		String levelTag = properties.tag(this.level);
		return new FlashMessage(this.level, levelTag, this.text, (this.tags + " " + levelTag).strip(), this.sentAt);
	}

}

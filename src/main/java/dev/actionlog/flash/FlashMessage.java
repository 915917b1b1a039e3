package dev.actionlog.flash;

import java.time.Instant;

import dev.actionlog.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * A message as a page shows it. Immutable, and complete: nothing is loaded later.
 *
 * @param level how important it is
 * @param levelTag the tag of the level, empty for a level that has none
 * @param text what it says
 * @param tags the extra tags, then the tag of the level, with spaces between them; fit
 * for a class attribute, and possibly empty
 * @param sentAt when it was sent, to the microsecond
 */
public record FlashMessage(FlashLevel level, String levelTag, Text text, String tags, Instant sentAt) {

	/**
	 * The path on this site that the message links to.
	 * @return the path, or {@code null} for no link
	 */
	public @Nullable String link() {
		return this.text.getLink();
	}

}

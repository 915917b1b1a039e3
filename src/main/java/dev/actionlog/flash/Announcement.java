package dev.actionlog.flash;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An announcement as it was when it was read.
 *
 * @param id what {@link Announcements} finds it by
 * @param message what it says; sent when it begins, and expiring when it ends
 * @param translations the words in further languages
 * @param recipients how many users it names, or {@code null} if it is for all
 * @param publishedBy the name of the user who published it, or {@code null} if nobody was
 * signed in
 * @param publishedAt when it was published
 * @param withdrawnAt when it was withdrawn, or {@code null}
 * @param state what it is at the time of reading
 * @param seen how many users were shown it
 */
public record Announcement(String id, FlashMessage message, Map<Locale, String> translations,
		@Nullable Integer recipients, @Nullable String publishedBy, Instant publishedAt, @Nullable Instant withdrawnAt,
		State state, long seen) {

	/**
	 * What it says to a reader.
	 * @param reader the reader's language
	 * @return the message in the words of that language, or in its own where there are
	 * none
	 */
	public FlashMessage messageFor(Locale reader) {
		return this.message.in(this.translations, reader);
	}

	/**
	 * What an announcement is.
	 */
	public enum State {

		/** It has not begun, and can be changed. */
		PLANNED,

		/** It reaches each of its users who loads a page. */
		LIVE,

		/** It has ended: nobody gets it any more. */
		ENDED,

		/** It was withdrawn: nobody gets it any more, copies that wait included. */
		WITHDRAWN

	}

}

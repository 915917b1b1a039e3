package dev.actionlog.flash;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.actionlog.profile.ProfileRows;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An announcement that has not been published yet.
 *
 * @param message what it says, how important it is, its tags, key and action; its expiry
 * counts from the beginning where there is no end
 * @param translations the words in further languages, see {@link #translated}
 * @param from when it begins, or {@code null} for at once
 * @param until when it ends, or {@code null} for the expiry of the message, else
 * {@code actionlog.flash.expiry} after the beginning
 * @param usernames the names of the users that it is for, at most {@value #MAX_USERS}, or
 * {@code null} for all users, also those who sign up while it runs
 */
public record AnnouncementDraft(FlashDraft message, Map<Locale, String> translations, @Nullable Instant from,
		@Nullable Instant until, @Nullable Set<String> usernames) {

	/** The most users that an announcement can name. */
	public static final int MAX_USERS = 2_000;

	/**
	 * A draft.
	 * @throws IllegalArgumentException if it ends before it begins, names no user, too
	 * many, or one that cannot be the name of a user, or if words are blank or in too
	 * many languages
	 */
	public AnnouncementDraft {
		Assert.isTrue(from == null || until == null || from.isBefore(until),
				"An announcement must begin before it ends");
		translations = Translations.checked(translations);
		if (usernames != null) {
			Assert.isTrue(!usernames.isEmpty() && usernames.size() <= MAX_USERS,
					"An announcement is for all users, or for 1 to " + MAX_USERS + " users by their names");
			usernames.forEach(ProfileRows::checked);
			usernames = Set.copyOf(usernames);
		}
	}

	/**
	 * An announcement to all users that begins at once.
	 * @param level how important it is
	 * @param message a message code, such as {@code maintenance}, or plain words
	 * @param args what the message's pattern takes, see
	 * {@link dev.actionlog.text.Text#of}
	 * @return the draft
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 */
	public static AnnouncementDraft of(FlashLevel level, String message, @Nullable Object @Nullable ... args) {
		return of(FlashDraft.of(level, message, args));
	}

	/**
	 * An announcement to all users that begins at once.
	 * @param message what it says
	 * @return the draft
	 */
	public static AnnouncementDraft of(FlashDraft message) {
		return new AnnouncementDraft(message, Map.of(), null, null, null);
	}

	/**
	 * This draft with words for readers of a further language. All others see the message
	 * itself. A user's copy has the words of the language in which the user read when it
	 * was made.
	 * @param language the language, {@code pt} for all who read Portuguese; at most seven
	 * have words
	 * @param words plain words, cut to {@value FlashDraft#MAX_MESSAGE_LENGTH}
	 * @return a copy with these words
	 * @throws IllegalArgumentException if they are blank, or there are too many languages
	 */
	public AnnouncementDraft translated(Locale language, String words) {
		Map<Locale, String> all = new HashMap<>(this.translations);
		all.put(language, words);
		return new AnnouncementDraft(this.message, all, this.from, this.until, this.usernames);
	}

	/**
	 * This draft with a beginning.
	 * @param from when it begins; in the past means at once
	 * @return a copy with this beginning
	 * @throws IllegalArgumentException if it is not before the end
	 */
	public AnnouncementDraft from(Instant from) {
		return new AnnouncementDraft(this.message, this.translations, from, this.until, this.usernames);
	}

	/**
	 * This draft with an end.
	 * @param until from when on nobody is shown it who has not seen it
	 * @return a copy with this end
	 * @throws IllegalArgumentException if it is not after the beginning
	 */
	public AnnouncementDraft until(Instant until) {
		return new AnnouncementDraft(this.message, this.translations, this.from, until, this.usernames);
	}

	/**
	 * This draft for some users only.
	 * @param usernames the names of their principals, 1 to {@value #MAX_USERS}
	 * @return a copy for these users
	 * @throws IllegalArgumentException if there are none or too many, or one cannot be
	 * the name of a user
	 */
	public AnnouncementDraft to(Collection<String> usernames) {
		return new AnnouncementDraft(this.message, this.translations, this.from, this.until, Set.copyOf(usernames));
	}

}

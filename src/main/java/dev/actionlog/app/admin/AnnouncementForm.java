package dev.actionlog.app.admin;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A message to many users as it is typed.
 *
 * @param id the id of the announcement that it changes, or empty for a new one
 * @param token tells two forms from one that is sent twice
 * @param level the name of the level
 * @param words the words in English
 * @param portuguese the words in Portuguese, or empty
 * @param link a path on this site, or empty
 * @param from when it begins, in the zone of who types, or empty
 * @param until when it ends, likewise
 * @param audience {@link #ALL} or {@link #NAMED}
 * @param recipients the names of users, with spaces or commas between them, or empty
 */
record AnnouncementForm(String id, String token, String level, String words, String portuguese, String link,
		String from, String until, String audience, String recipients) {

	static final String ALL = "all";

	static final String NAMED = "named";

	/** About 250 names, and at most 2,000. */
	static final int MAX_RECIPIENTS_LENGTH = 8000;

	private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f-]{36}");

	AnnouncementForm(@Nullable String id, @Nullable String token, @Nullable String level, @Nullable String words,
			@Nullable String portuguese, @Nullable String link, @Nullable String from, @Nullable String until,
			@Nullable String audience, @Nullable String recipients) {
		this.id = (id != null && UUID_FORM.matcher(id).matches()) ? id : "";
		this.token = (token != null && UUID_FORM.matcher(token).matches()) ? token : UUID.randomUUID().toString();
		this.level = clean(level);
		this.words = clean(words);
		this.portuguese = clean(portuguese);
		this.link = clean(link);
		this.from = clean(from);
		this.until = clean(until);
		this.audience = clean(audience);
		this.recipients = clean(recipients).toLowerCase(Locale.ROOT);
	}

	/**
	 * An empty form.
	 */
	static AnnouncementForm empty() {
		return new AnnouncementForm(null, null, "info", null, null, null, null, null, ALL, null);
	}

	/**
	 * Without spaces around it, and with a space for a line break, as pages show it. What
	 * is too long stays as it is, so that it is found too long.
	 */
	private static String clean(@Nullable String typed) {
		if (typed == null || typed.length() > MAX_RECIPIENTS_LENGTH) {
			return (typed != null) ? typed : "";
		}
		return typed.replace("\r\n", " ").replace('\n', ' ').strip();
	}

	public boolean isForAll() {
		return this.audience.equals(ALL);
	}

}

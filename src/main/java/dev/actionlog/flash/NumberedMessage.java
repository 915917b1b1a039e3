package dev.actionlog.flash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.actionlog.database.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * A message of a user, as a row has it.
 *
 * @param number its number among the messages of the user; an announcement of which there
 * is no copy yet has none
 * @param message the message
 * @param announcement the id of the announcement of which it is a copy, or {@code null}
 */
record NumberedMessage(long number, FlashMessage message, @Nullable String announcement) {

	/** The columns that {@link #read} reads. */
	static final String COLUMNS = "number, " + MessageColumns.ALL + ", sent_at, expires_at, announcement";

	static NumberedMessage read(ResultSet row, FlashPolicy policy, Dialect dialect) throws SQLException {
		return new NumberedMessage(row.getLong("number"),
				MessageColumns.read(row, policy, dialect.instant(row, "sent_at"), dialect.instant(row, "expires_at")),
				row.getString("announcement"));
	}

	static List<Long> numbers(List<NumberedMessage> messages) {
		return messages.stream().map(NumberedMessage::number).toList();
	}

	/**
	 * The message in the reader's words, where they are among the translations.
	 */
	NumberedMessage in(Map<Locale, String> translations, Locale reader) {
		return new NumberedMessage(this.number, this.message.in(translations, reader), this.announcement);
	}

}

package dev.actionlog.flash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.actionlog.database.Dialect;

import org.springframework.context.i18n.LocaleContextHolder;

/**
 * What a statement has found to wait for a user.
 *
 * @param messages the messages, in the order of adding
 * @param announcements the announcements of which there are no copies yet, in the order
 * of their beginnings, in the words of the reader
 */
record FoundMessages(List<NumberedMessage> messages, List<NumberedMessage> announcements) {

	/**
	 * Reads both from rows in any order.
	 * @param rows the columns {@link NumberedMessage#COLUMNS}, and {@code translations},
	 * which only an announcement has
	 */
	static FoundMessages read(ResultSet rows, FlashPolicy policy, Dialect dialect) throws SQLException {
		List<NumberedMessage> messages = new ArrayList<>();
		List<NumberedMessage> announcements = new ArrayList<>();
		while (rows.next()) {
			NumberedMessage row = NumberedMessage.read(rows, policy, dialect);
			String translations = rows.getString("translations");
			if (translations == null) {
				messages.add(row);
			}
			else {
				announcements.add(row.in(Translations.read(translations), LocaleContextHolder.getLocale()));
			}
		}
		messages.sort(Comparator.comparingLong(NumberedMessage::number));
		announcements.sort(Comparator.comparing((row) -> row.message().sentAt()));
		return new FoundMessages(messages, announcements);
	}

}

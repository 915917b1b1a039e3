package dev.actionlog.flash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.actionlog.text.Text;
import dev.actionlog.text.TextColumns;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.SqlParameterValue;

/**
 * The columns that hold what a message says, in each table that has messages.
 */
final class MessageColumns {

	/** The columns, in the order of {@link #values}. */
	static final String ALL = "level, message, args, link, tags, message_key, action_label, action_path";

	/** A parameter for each column. */
	static final String PARAMETERS = "?, ?, ?, ?, ?, ?, ?, ?";

	private MessageColumns() {
	}

	static List<Object> values(FlashMessage message) {
		Text action = message.action();
		List<Object> values = new ArrayList<>();
		values.add(message.level().value());
		values.addAll(TextColumns.values(message.text()));
		values.add(message.extraTags());
		values.add(nullable(message.key()));
		values.add(nullable((action != null) ? action.getMessage() : null));
		values.add(nullable((action != null) ? action.getLink() : null));
		return values;
	}

	static SqlParameterValue nullable(@Nullable String value) {
		return new SqlParameterValue(Types.VARCHAR, value);
	}

	/**
	 * Reads a message.
	 * @param row a row that has the columns
	 */
	static FlashMessage read(ResultSet row, FlashPolicy policy, Instant sentAt, Instant expiresAt) throws SQLException {
		FlashLevel level = new FlashLevel(row.getInt("level"));
		String label = row.getString("action_label");
		String path = row.getString("action_path");
		return new FlashMessage(level, policy.tag(level), TextColumns.read(row), row.getString("tags"), sentAt,
				expiresAt, row.getString("message_key"),
				(label != null && path != null) ? Text.of(label).link(path) : null);
	}

}

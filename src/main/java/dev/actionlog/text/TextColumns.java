package dev.actionlog.text;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

import org.springframework.jdbc.core.SqlParameterValue;

/**
 * The columns {@code message}, {@code args} and {@code link}, in which a text is stored.
 * For the library's own modules.
 */
public final class TextColumns {

	private TextColumns() {
	}

	/**
	 * The parameters of a statement that writes a text.
	 * @param text the text
	 * @return the values of the three columns, in their order
	 */
	public static List<Object> values(Text text) {
		return List.of(text.getMessage(), text.storedArgs(), new SqlParameterValue(Types.VARCHAR, text.getLink()));
	}

	/**
	 * Reads a text.
	 * @param row a row that has the three columns
	 * @return the text
	 * @throws SQLException if they cannot be read
	 */
	public static Text read(ResultSet row) throws SQLException {
		return new Text(row.getString("message"), row.getString("args"), row.getString("link"));
	}

}

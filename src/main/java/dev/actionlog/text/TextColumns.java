package dev.actionlog.text;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;

import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.support.SqlArrayValue;

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
		return List.of(text.getMessage(), new SqlArrayValue("varchar", (Object[]) text.storedArgs()),
				new SqlParameterValue(Types.VARCHAR, text.getLink()));
	}

	/**
	 * Reads a text.
	 * @param row a row that has the three columns
	 * @return the text
	 * @throws SQLException if they cannot be read
	 */
	public static Text read(ResultSet row) throws SQLException {
		Object[] args = (Object[]) row.getArray("args").getArray();
		return new Text(row.getString("message"), Arrays.copyOf(args, args.length, String[].class),
				row.getString("link"));
	}

}

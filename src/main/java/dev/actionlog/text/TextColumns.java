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
	 * The arguments of a text, each as the column has it.
	 * @param text the text
	 * @return the arguments in their order
	 */
	public static List<String> args(Text text) {
		return text.encodedArgs().toList();
	}

	/**
	 * Makes a text of arguments that may be anybody's, so with every check of a new text.
	 * @param message the message
	 * @param args the arguments, each as the column has it
	 * @return the text, without a link
	 * @throws IllegalArgumentException if there can be no such text
	 */
	public static Text text(String message, List<String> args) {
		return Text.of(message, args.stream().map(Text::decode).toArray());
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

package dev.actionlog.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What was found out about a database that the library can work with.
 *
 * @param dialect what it is
 * @param autoCommit whether a connection of the pool commits a lone statement by itself;
 * where it does not, the statement would be rolled back silently. It is {@code false},
 * too, where a transaction was under way, which is only slower.
 */
record DatabaseInspection(Dialect dialect, boolean autoCommit) {

	private static final List<String> COLUMNS = List.of(
			"select username, keep, slots, written, sent from actionlog_profile where 1 = 0",
			"select username, slot, number, recorded_at, message, args, link from actionlog_action where 1 = 0",
			"select username, number, level, message, args, link, tags, message_key, action_label, action_path, sent_at,"
					+ " expires_at, announcement, claim_token, claimed_until from actionlog_flash where 1 = 0",
			"select username, number, level, message, args, link, tags, message_key, action_label, action_path, sent_at,"
					+ " shown_at from actionlog_shown where 1 = 0",
			"select id, level, message, args, link, tags, message_key, action_label, action_path, translations,"
					+ " published_by, recipients, published_at, begins_at, ends_at, withdrawn_at"
					+ " from actionlog_announcement where 1 = 0",
			"select username, announcement, copied_at, seen_at from actionlog_recipient where 1 = 0");

	/**
	 * Inspects a database.
	 * @param withTables whether the tables are looked at, too
	 * @throws UnusableDatabaseException if the library does not work with it, or its
	 * tables are missing
	 */
	static DatabaseInspection of(DataSource dataSource, boolean withTables) {
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		DatabaseInspection inspection = jdbc.execute((ConnectionCallback<DatabaseInspection>) DatabaseInspection::of);
		if (inspection.dialect() == Dialect.H2) {
			requireEmptyTexts(jdbc);
		}
		if (withTables) {
			requireTables(jdbc);
			if (inspection.dialect() == Dialect.MARIADB) {
				requireExactNames(jdbc);
			}
		}
		return inspection;
	}

	private static DatabaseInspection of(Connection connection) throws SQLException {
		String name = connection.getMetaData().getDatabaseProductName();
		Dialect dialect = Dialect.of(name).orElseThrow(() -> UnusableDatabaseException.unknownProduct(name));
		return new DatabaseInspection(dialect, connection.getAutoCommit());
	}

	/**
	 * As Oracle does, the mode of H2 that imitates it makes null of an empty text.
	 */
	private static void requireEmptyTexts(JdbcTemplate jdbc) {
		String mode = jdbc.queryForObject(
				"select setting_value from information_schema.settings where setting_name = 'MODE'", String.class);
		if ("Oracle".equalsIgnoreCase(mode)) {
			throw UnusableDatabaseException.unknownProduct("H2 in MODE=Oracle");
		}
	}

	private static void requireTables(JdbcTemplate jdbc) {
		try {
			COLUMNS.forEach(jdbc::execute);
		}
		catch (BadSqlGrammarException ex) {
			throw UnusableDatabaseException.missingTable(ex);
		}
	}

	/**
	 * Tables that the script has not made have the collation of their schema, with which
	 * one user may be taken for another.
	 */
	private static void requireExactNames(JdbcTemplate jdbc) {
		List<String> collations = jdbc.query("""
				select distinct collation_name from information_schema.columns
				where table_schema = database() and column_name = 'username'
					and left(table_name, 10) = 'actionlog_'
					and collation_name not in ('utf8mb4_nopad_bin', 'utf8mb4_0900_bin')
				""", (row, number) -> row.getString(1));
		if (!collations.isEmpty()) {
			throw UnusableDatabaseException.inexactNames(collations);
		}
	}

}

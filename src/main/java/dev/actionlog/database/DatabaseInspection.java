package dev.actionlog.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What was found out about a database that the library can work with.
 *
 * @param product what it is
 * @param autoCommit whether a connection of the pool commits a lone statement by itself;
 * where it does not, the statement would be rolled back silently. It is {@code false},
 * too, where a transaction was under way, which is only slower.
 */
record DatabaseInspection(Product product, boolean autoCommit) {

	private static final List<String> COLUMNS = List.of(
			"select username, keep, slots, written, sent from actionlog_profile where 1 = 0",
			"select username, slot, number, recorded_at, message, args, link from actionlog_action where 1 = 0",
			"select username, number, level, message, args, link, tags, sent_at, expires_at, claim_token,"
					+ " claimed_until from actionlog_flash where 1 = 0");

	/**
	 * Inspects a database.
	 * @throws UnusableDatabaseException if the library does not work with it, or its
	 * tables are missing
	 */
	static DatabaseInspection of(DataSource dataSource) {
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		DatabaseInspection inspection = jdbc.execute((ConnectionCallback<DatabaseInspection>) DatabaseInspection::of);
		try {
			COLUMNS.forEach(jdbc::execute);
		}
		catch (BadSqlGrammarException ex) {
			throw UnusableDatabaseException.missingTable(ex);
		}
		return inspection;
	}

	private static DatabaseInspection of(Connection connection) throws SQLException {
		String name = connection.getMetaData().getDatabaseProductName();
		Product product = Product.named(name).orElseThrow(() -> UnusableDatabaseException.unknownProduct(name));
		return new DatabaseInspection(product, connection.getAutoCommit());
	}

	/**
	 * What the library works with.
	 */
	enum Product {

		H2, POSTGRESQL;

		static Optional<Product> named(String name) {
			return Arrays.stream(values()).filter((product) -> product.name().equalsIgnoreCase(name)).findFirst();
		}

	}

}

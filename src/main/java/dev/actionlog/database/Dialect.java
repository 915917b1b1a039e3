package dev.actionlog.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The databases that the library works with, and what its statements say differently in
 * each: the time. For the library's own modules.
 */
public enum Dialect {

	/** H2. */
	H2("current_timestamp"),

	/** PostgreSQL. */
	POSTGRESQL("statement_timestamp()") {

		@Override
		public String forUpdate() {
			return "for no key update";
		}

	},

	/**
	 * MariaDB, and MySQL, which takes the same statements. Their columns have no time
	 * zone, so they hold times in UTC.
	 */
	MARIADB("utc_timestamp(6)") {

		@Override
		public Object timestamp(Instant instant) {
			return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
		}

		@Override
		public Instant instant(ResultSet row, String column) throws SQLException {
			return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
		}

		@Override
		public String byKey(String table) {
			return table + " force index (primary)";
		}

		@Override
		public String deleteByKey(String table) {
			return "delete " + table + " from " + byKey(table);
		}

	};

	private final String now;

	Dialect(String now) {
		this.now = now;
	}

	/**
	 * The dialect of a database.
	 * @param product the name of the product, as its driver gives it
	 * @return the dialect, or empty if the library does not work with the database
	 */
	static Optional<Dialect> of(String product) {
		return product.equals("MySQL") ? Optional.of(MARIADB)
				: Stream.of(values()).filter((dialect) -> dialect.name().equalsIgnoreCase(product)).findFirst();
	}

	/**
	 * The expression for the time by the database's clock.
	 * @return an expression that does not depend on the time zone of the session
	 */
	public String now() {
		return this.now;
	}

	/**
	 * A table in a statement that locks some of its rows by their keys. MariaDB would
	 * otherwise read the whole of a small table, and lock the rows of other users, too.
	 * @param table the name of the table
	 * @return what follows {@code update}, or {@code from} in a {@code select}
	 */
	public String byKey(String table) {
		return table;
	}

	/**
	 * The end of a {@code select} that locks rows whose keys stay as they are. Rows that
	 * refer to them can be written by others in the meantime, where the database can tell
	 * the two apart: the acknowledgement of a message does not wait for the writer of its
	 * user's profile, who may wait for the rows that it has changed.
	 * @return the clause
	 */
	public String forUpdate() {
		return "for update";
	}

	/**
	 * The beginning of a statement that deletes some rows by their keys, as
	 * {@link #byKey} says.
	 * @param table the name of the table
	 * @return what comes before {@code where}
	 */
	public String deleteByKey(String table) {
		return "delete from " + table;
	}

	/**
	 * A time as the parameter of a statement.
	 * @param instant the time
	 * @return what the driver takes
	 */
	public Object timestamp(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/**
	 * Reads a time.
	 * @param row the row
	 * @param column the name of a column of it that is not null
	 * @return the time
	 * @throws SQLException if it cannot be read
	 */
	public Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}

package dev.actionlog.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The PostgreSQL server of a run, and how long to measure on it.
 */
final class Server implements AutoCloseable {

	/** The database that all comparisons share. Each fills it anew. */
	static final String SHARED = "postgres";

	/**
	 * The system property that has the URL, with {@code %s} for the database, here and in
	 * the processes that are started from here.
	 */
	private static final String URL = "actionlog.bench.url";

	private final EmbeddedPostgres postgres;

	private final Set<String> created = new HashSet<>();

	private final int turns;

	/**
	 * Starts the server.
	 * @param turns how many turns are measured, half of them the library's
	 * @throws IOException if that fails
	 */
	Server(int turns) throws IOException {
		this.turns = turns;
		// for the sake of tests EmbeddedPostgres does not wait for the disk; PostgreSQL
		// does
		this.postgres = EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.start();
		System.setProperty(URL, this.postgres.getJdbcUrl("postgres", "%s"));
	}

	/**
	 * The URL of a database of the server, in any process of the run.
	 */
	static String url(String database) {
		return Objects.requireNonNull(System.getProperty(URL)).formatted(database);
	}

	/**
	 * What tells another JVM where the server is.
	 */
	static String jvmArgument() {
		return "-D" + URL + "=" + System.getProperty(URL);
	}

	/**
	 * Makes a database where there is none.
	 * @param database its name
	 * @return whether it was made
	 * @throws SQLException if that fails
	 */
	boolean createDatabase(String database) throws SQLException {
		if (!this.created.add(database)) {
			return false;
		}
		try (Connection connection = this.postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + database);
		}
		return true;
	}

	int turns() {
		return this.turns;
	}

	@Override
	public void close() throws IOException {
		this.postgres.close();
	}

}

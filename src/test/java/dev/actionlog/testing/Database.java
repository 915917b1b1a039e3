package dev.actionlog.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The two kinds of database that everything is tested on. PostgreSQL is a real server,
 * started once for all tests of this process.
 */
public enum Database {

	/** H2 in memory. */
	H2 {

		@Override
		public Map<String, Object> create() {
			return Map.of("spring.datasource.url",
					"jdbc:h2:mem:test%d;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000".formatted(numbers.incrementAndGet()),
					"spring.datasource.username", "sa", "spring.datasource.password", "");
		}

	},

	/** An embedded PostgreSQL. */
	POSTGRESQL {

		@Override
		public Map<String, Object> create() {
			String name = "test" + numbers.incrementAndGet();
			try (Connection connection = PostgresServer.instance.getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("create database " + name);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
			return Map.of("spring.datasource.url", PostgresServer.instance.getJdbcUrl("postgres", name),
					"spring.datasource.username", "postgres", "spring.datasource.password", "");
		}

	};

	private static final AtomicInteger numbers = new AtomicInteger();

	/**
	 * Makes an empty database.
	 * @return the {@code spring.datasource} settings that lead to it
	 */
	public abstract Map<String, Object> create();

	private static final class PostgresServer {

		static final EmbeddedPostgres instance = start();

		private static EmbeddedPostgres start() {
			try {
				EmbeddedPostgres server = EmbeddedPostgres.builder()
					.setServerConfig("max_connections", "300")
					.setServerConfig("fsync", "off")
					.start();
				Runtime.getRuntime().addShutdownHook(new Thread(() -> {
					try {
						server.close();
					}
					catch (IOException ex) {
						throw new UncheckedIOException(ex);
					}
				}));
				return server;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}

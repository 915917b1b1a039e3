package dev.actionlog.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The databases that are tested on. PostgreSQL and MariaDB are real servers, started once
 * for all tests of this process.
 */
public enum Database {

	/** H2 in memory. */
	H2 {

		@Override
		Map<String, Object> createNow() {
			return Map.of("spring.datasource.url",
					"jdbc:h2:mem:test%d;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000".formatted(numbers.incrementAndGet()),
					"spring.datasource.username", "sa", "spring.datasource.password", "");
		}

	},

	/** An embedded PostgreSQL. */
	POSTGRESQL {

		@Override
		Map<String, Object> createNow() {
			return PostgresServer.create();
		}

	},

	/**
	 * An embedded PostgreSQL with the tables of the library's script, partitioned by the
	 * name of the user.
	 */
	PARTITIONED_POSTGRESQL {

		@Override
		Map<String, Object> createNow() {
			Map<String, Object> settings = PostgresServer.create();
			new ResourceDatabasePopulator(partitioned(POSTGRESQL.script())).execute(
					new DriverManagerDataSource(String.valueOf(settings.get("spring.datasource.url")), "postgres", ""));
			return settings;
		}

	},

	/** An embedded MariaDB. */
	MARIADB {

		@Override
		Map<String, Object> createNow() {
			return MariadbServer.create();
		}

	};

	private static final int PARTITIONS = 4;

	private static final AtomicInteger numbers = new AtomicInteger();

	/**
	 * Makes an empty database, or skips the test that asks for it: only H2 and a plain
	 * PostgreSQL are tested on where not everything is tested.
	 * @return the {@code spring.datasource} settings that lead to it
	 */
	public Map<String, Object> create() {
		Extent.assumeAllOr(this == H2 || this == POSTGRESQL);
		return createNow();
	}

	abstract Map<String, Object> createNow();

	/**
	 * Whether it is a PostgreSQL.
	 * @return {@code true} for one with partitioned tables, too
	 */
	public boolean isPostgresql() {
		return this == POSTGRESQL || this == PARTITIONED_POSTGRESQL;
	}

	/**
	 * The library's script for this database.
	 * @return the script
	 */
	public Resource script() {
		return new ClassPathResource("dev/actionlog/database/" + name().toLowerCase(Locale.ROOT) + "/R__actionlog.sql");
	}

	private static Resource partitioned(Resource script) {
		try {
			String tables = script.getContentAsString(StandardCharsets.UTF_8);
			for (String table : List.of("profile", "action", "flash", "shown", "recipient")) {
				tables = tables.replaceFirst("(?s)(create table if not exists actionlog_" + table + " .*?\n\\));",
						"$1 partition by hash (username);");
				for (int part = 0; part < PARTITIONS; part++) {
					tables += "create table actionlog_%1$s_%2$d partition of actionlog_%1$s for values with (modulus %3$d, remainder %2$d);"
						.formatted(table, part, PARTITIONS);
				}
			}
			return new ByteArrayResource(tables.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class PostgresServer {

		static final EmbeddedPostgres instance = start();

		static Map<String, Object> create() {
			String name = "test" + numbers.incrementAndGet();
			try (Connection connection = instance.getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("create database " + name);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
			return Map.of("spring.datasource.url", instance.getJdbcUrl("postgres", name), "spring.datasource.username",
					"postgres", "spring.datasource.password", "");
		}

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

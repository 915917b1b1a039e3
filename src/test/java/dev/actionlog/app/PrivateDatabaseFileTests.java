package dev.actionlog.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link PrivateDatabaseFile}.
 */
class PrivateDatabaseFileTests {

	@TempDir
	private Path directory;

	@BeforeEach
	void isPosix() throws IOException {
		assumeThat(this.directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:file:", "jdbc:h2:" })
	void makesTheFileAndItsFolderPrivate(String prefix) throws IOException, SQLException {
		use(prefix + this.directory.resolve("data/app"));
		assertThat(permissions("data")).isEqualTo("rwx------");
		assertThat(permissions("data/app.mv.db")).isEqualTo("rw-------");
		assertThat(permissions("")).isEqualTo("rwxr-xr-x");
	}

	@Test
	void makesThoseOfAnEarlierStartPrivate() throws IOException, SQLException {
		String url = "jdbc:h2:file:" + this.directory.resolve("data/app") + ";WRITE_DELAY=0";
		use(url);
		Files.setPosixFilePermissions(this.directory.resolve("data"), PosixFilePermissions.fromString("rwxr-xr-x"));
		Files.setPosixFilePermissions(this.directory.resolve("data/app.mv.db"),
				PosixFilePermissions.fromString("rw-r--r--"));
		use(url);
		assertThat(permissions("data")).isEqualTo("rwx------");
		assertThat(permissions("data/app.mv.db")).isEqualTo("rw-------");
	}

	@Test
	void leavesAFolderWithOtherFilesAsItIs() throws IOException, SQLException {
		Files.createFile(this.directory.resolve("other"));
		use("jdbc:h2:file:" + this.directory.resolve("app"));
		assertThat(permissions("")).isEqualTo("rwxr-xr-x");
		assertThat(permissions("app.mv.db")).isEqualTo("rw-------");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:mem:test", "jdbc:h2:tcp://localhost/test", "jdbc:postgresql://localhost/test" })
	void leavesOtherDatabasesAlone(String url) throws IOException {
		new PrivateDatabaseFile().postProcessBeforeInitialization(dataSource(url), "dataSource");
		assertThat(this.directory).isEmptyDirectory();
		assertThat(Path.of("test.mv.db")).doesNotExist();
		assertThat(Path.of("mem.mv.db")).doesNotExist();
	}

	private static HikariDataSource dataSource(String url) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url);
		dataSource.setUsername("sa");
		dataSource.setMaximumPoolSize(1);
		return dataSource;
	}

	private static void use(String url) throws SQLException {
		try (HikariDataSource dataSource = dataSource(url)) {
			new PrivateDatabaseFile().postProcessBeforeInitialization(dataSource, "dataSource");
			try (Connection connection = dataSource.getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("create table if not exists test (id integer)");
			}
		}
	}

	private String permissions(String path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve(path)));
	}

}

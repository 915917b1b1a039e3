package dev.actionlog.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * An embedded PostgreSQL of a test that stops it, and starts it again.
 */
public final class PostgresProcess implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 60;

	private final EmbeddedPostgres server;

	private final Path data;

	private PostgresProcess(EmbeddedPostgres server, Path data) {
		this.server = server;
		this.data = data;
	}

	/**
	 * Starts a server. It writes each commit, as it does by default, but leaves it to the
	 * machine, which does not fail here, when that reaches the disk.
	 * @param data its folder, which is made
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static PostgresProcess start(Path data) throws IOException {
		return new PostgresProcess(EmbeddedPostgres.builder()
			.setDataDirectory(data)
			.setServerConfig("fsync", "off")
			// the embedded server's own default loses what was committed last
			.setServerConfig("synchronous_commit", "on")
			.start(), data);
	}

	/**
	 * The arguments that lead an application to its database.
	 * @return the arguments of a command line
	 */
	public List<String> settings() {
		return List.of("--spring.profiles.active=postgresql",
				"--spring.datasource.url=" + this.server.getJdbcUrl("postgres", "postgres"),
				"--spring.datasource.username=postgres", "--spring.datasource.password=");
	}

	/**
	 * Stops the server at once, without its clients and without a checkpoint, so that it
	 * recovers when it is started.
	 * @throws Exception if it does not stop
	 */
	public void crash() throws Exception {
		control("stop", "-m", "immediate");
	}

	/**
	 * Starts the server again, as it was started before.
	 * @throws Exception if it does not start
	 */
	public void startAgain() throws Exception {
		// unlike "start" it knows the options; that no server runs is no error
		control("restart");
	}

	/**
	 * Ends all connections.
	 * @throws SQLException if the database cannot be reached
	 */
	public void endConnections() throws SQLException {
		count("select count(pg_terminate_backend(pid)) from pg_stat_activity"
				+ " where pid <> pg_backend_pid() and backend_type = 'client backend'");
	}

	/**
	 * Asks for a number.
	 * @param sql a statement that returns one
	 * @return the number
	 * @throws SQLException if the database cannot be reached
	 */
	public long count(String sql) throws SQLException {
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getLong(1);
		}
	}

	private void control(String... action) throws Exception {
		List<String> command = new ArrayList<>();
		if ("root".equals(System.getProperty("user.name"))) {
			// PostgreSQL does not run as root
			command.addAll(List.of("unshare", "-U"));
		}
		String program = Files.readString(this.data.resolve("postmaster.opts")).split(" ", 2)[0];
		command.addAll(List.of(Path.of(program).resolveSibling("pg_ctl").toString(), "-D", this.data.toString(), "-w"));
		command.addAll(List.of(action));
		Path output = this.data.resolveSibling("pg_ctl.log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
			.start();
		if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
			throw new AssertionError(Files.readString(output));
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}

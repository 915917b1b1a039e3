package dev.actionlog.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PgBouncer in transaction mode, the program of this machine that the environment
 * variable {@code PGBOUNCER} names, or that is on the path.
 */
public final class Pgbouncer implements AutoCloseable {

	private final Process process;

	private final int port;

	private Pgbouncer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Where the program is.
	 * @return the file, or empty where it is not installed
	 */
	public static Optional<Path> program() {
		String named = System.getenv("PGBOUNCER");
		return (named != null) ? Optional.of(Path.of(named))
				: Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
					.map((folder) -> Path.of(folder, "pgbouncer"))
					.filter(Files::isExecutable)
					.findFirst();
	}

	/**
	 * Starts the program.
	 * @param program where it is
	 * @param folder an empty folder for its files
	 * @param serverPort the port of PostgreSQL
	 * @param connections how many connections to a database it has, for all clients
	 * @return the running program
	 * @throws Exception if it does not start
	 */
	public static Pgbouncer start(Path program, Path folder, int serverPort, int connections) throws Exception {
		int port = freePort();
		// whoever it runs as can read it: it has no password
		Path settings = Files.createTempFile("pgbouncer", ".ini");
		settings.toFile().deleteOnExit();
		Files.writeString(settings, """
				[databases]
				* = host=127.0.0.1 port=%d user=postgres
				[pgbouncer]
				listen_addr = 127.0.0.1
				listen_port = %d
				unix_socket_dir =
				auth_type = any
				pool_mode = transaction
				max_client_conn = 200
				default_pool_size = %d
				ignore_startup_parameters = extra_float_digits, options
				""".formatted(serverPort, port, connections));
		boolean readable = settings.toFile().setReadable(true, false);
		ProcessBuilder command = new ProcessBuilder(program.toString(), settings.toString());
		if (readable && "root".equals(System.getProperty("user.name"))) {
			// it does not run as root
			command.command().addAll(1, List.of("-u", "nobody"));
		}
		Path log = folder.resolve("pgbouncer.log");
		Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		Together.eventually(() -> {
			if (!process.isAlive()) {
				throw new AssertionError(Files.readString(log));
			}
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return true;
			}
			catch (IOException ex) {
				return false;
			}
		});
		return new Pgbouncer(process, port);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Where it listens.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroy();
		if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
			this.process.destroyForcibly();
		}
	}

}

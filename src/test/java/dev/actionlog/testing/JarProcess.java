package dev.actionlog.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The executable jar as a process, on a port of its own, that writes its log to a file.
 */
public final class JarProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final long PATIENCE_MINUTES = 5;

	private final Process process;

	private final Path log;

	private JarProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts the jar.
	 * @param directory where it runs: the default database is a file below it
	 * @param log the name of the file in this directory that gets its log
	 * @param settings the command line's arguments
	 * @return the process, which may not be ready yet
	 * @throws IOException if there is no such jar
	 */
	public static JarProcess start(Path directory, String log, List<String> settings) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xmx300m", "-jar", jar().toString(), "--server.port=0",
						"--server.address=127.0.0.1"));
		command.addAll(settings);
		Path file = directory.resolve(log);
		return new JarProcess(new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(file.toFile())
			.start(), file);
	}

	private static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("actionlog-.*-exec\\.jar"))
				.findFirst()
				.orElseThrow()
				.toAbsolutePath();
		}
	}

	/**
	 * Waits until it listens.
	 * @return its port
	 */
	public int port() {
		return startedOn().orElseThrow(() -> new AssertionError(log()));
	}

	/**
	 * Waits until it listens, or has ended.
	 * @return its port, or empty where it could not start
	 */
	public Optional<Integer> startedOn() {
		while (true) {
			boolean ended = !this.process.isAlive();
			Matcher matcher = PORT.matcher(log());
			if (matcher.find()) {
				return Optional.of(Integer.parseInt(matcher.group(1)));
			}
			if (ended) {
				return Optional.empty();
			}
			try {
				TimeUnit.MILLISECONDS.sleep(50);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/**
	 * What it has logged.
	 * @return the log
	 */
	public String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until it has ended by itself.
	 * @return its exit value
	 * @throws InterruptedException if this thread is interrupted
	 */
	public int exitValue() throws InterruptedException {
		if (!this.process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
			throw new AssertionError(log());
		}
		return this.process.exitValue();
	}

	/**
	 * Asks it to end in good order, and waits until it has ended.
	 * @throws InterruptedException if this thread is interrupted
	 */
	public void stop() throws InterruptedException {
		this.process.destroy();
		exitValue();
	}

	/**
	 * Stops it where it is, until it is told to go on.
	 */
	public void pause() {
		signal("STOP");
	}

	/**
	 * Lets it go on.
	 */
	public void goOn() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Kills it, whatever it does.
	 */
	@Override
	public void close() {
		try {
			this.process.destroyForcibly().waitFor();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

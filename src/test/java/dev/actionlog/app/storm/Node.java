package dev.actionlog.app.storm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.actionlog.testing.JarProcess;

/**
 * A node that is started again when it has died, as a service manager does.
 */
final class Node implements AutoCloseable {

	private static final Pattern TRACE = Pattern.compile("^[^\\t\\n].*\\R(?:\\t(?!at ).*\\R)*\\tat ",
			Pattern.MULTILINE);

	private final int number;

	private final Path directory;

	private final List<String> settings;

	private int starts;

	private volatile JarProcess process;

	private volatile Optional<Integer> port = Optional.empty();

	private CompletableFuture<Void> start;

	private volatile boolean closed;

	/**
	 * Starts the node.
	 * @param directory where it runs and logs
	 */
	Node(int number, Path directory, List<String> settings) throws IOException {
		this.number = number;
		this.directory = directory;
		this.settings = settings;
		this.process = startProcess();
		this.start = start();
	}

	private CompletableFuture<Void> start() {
		return CompletableFuture.runAsync(this::awaitStart, (work) -> new Thread(work).start());
	}

	private synchronized JarProcess startProcess() {
		try {
			return JarProcess.start(this.directory, "node-%d-%d.log".formatted(this.number, this.starts++),
					this.settings);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * It ends again where the database is away.
	 */
	private void awaitStart() {
		while (this.port.isEmpty() && !this.closed) {
			this.port = this.process.startedOn();
			if (this.port.isEmpty() && !this.closed) {
				this.process = startProcess();
			}
		}
	}

	int number() {
		return this.number;
	}

	/**
	 * Where it listens, or empty while it does not.
	 */
	Optional<Integer> port() {
		return this.port;
	}

	void awaitReady() throws Exception {
		this.start.get(5, TimeUnit.MINUTES);
	}

	void kill() {
		this.port = Optional.empty();
		this.process.close();
		startAgain();
	}

	/**
	 * Stops it in good order.
	 */
	void stop() throws InterruptedException {
		this.process.stop();
		this.port = Optional.empty();
	}

	void startAgain() {
		this.process = startProcess();
		this.start = start();
	}

	JarProcess process() {
		return this.process;
	}

	/**
	 * The entries of its logs that have a stack trace.
	 */
	List<String> stackTraces() {
		try (Stream<Path> logs = Files.list(this.directory)) {
			return logs.filter((log) -> log.getFileName().toString().startsWith("node-" + this.number + "-"))
				.flatMap((log) -> TRACE.matcher(read(log)).results())
				.map(MatchResult::group)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.process.close();
	}

}

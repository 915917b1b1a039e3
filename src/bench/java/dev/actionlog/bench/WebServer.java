package dev.actionlog.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * A web server in a process of its own, which is asked for its CPU time over its standard
 * streams. It ends when its standard input does, so that none outlives the run.
 */
final class WebServer implements AutoCloseable {

	/** Tells the answers from whatever else the process prints. */
	private static final String ANSWER = "actionlog-bench ";

	/** How long a process may take to end by itself. */
	private static final int END_SECONDS = 20;

	private final Process process;

	private final BufferedReader output;

	private final int port;

	/**
	 * Starts the process, and waits until it listens.
	 * @param main its main class, which calls {@link #serve}
	 * @throws IOException if that fails
	 */
	WebServer(Class<?> main) throws IOException {
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				Server.jvmArgument(), "-classpath", System.getProperty("java.class.path"), main.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		this.output = this.process.inputReader(StandardCharsets.UTF_8);
		this.port = (int) answer();
	}

	/**
	 * What the process does in the end: says where it listens, and its CPU time whenever
	 * it is asked.
	 */
	static void serve(int port) throws IOException {
		PrintStream out = System.out;
		out.println(ANSWER + port);
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		while (in.readLine() != null) {
			out.println(ANSWER + system.getProcessCpuTime());
		}
		Runtime.getRuntime().halt(0);
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * The CPU time of the process, in nanoseconds.
	 */
	long cpuTime() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
		return answer();
	}

	private long answer() throws IOException {
		for (String line = line(); line != null; line = line()) {
			if (line.startsWith(ANSWER)) {
				return Long.parseLong(line.substring(ANSWER.length()));
			}
			System.err.println(line);
		}
		throw new IOException("The web server has ended");
	}

	private @Nullable String line() throws IOException {
		return this.output.readLine();
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		try {
			if (!this.process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}

package dev.actionlog.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Runs every benchmark, each in a JVM of its own, at several numbers of threads, all on
 * one PostgreSQL server that outlives them, and prints how the library compares.
 */
final class Benchmarks {

	static final String URL = "actionlog.bench.url";

	private static final int[] THREADS = { 1, 4, 16 };

	private Benchmarks() {
	}

	/**
	 * Runs the benchmarks.
	 * @param args a regular expression that chooses among them, all by default
	 * @throws Exception if one fails
	 */
	public static void main(String[] args) throws Exception {
		LoggingSystem.get(Benchmarks.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		System.out.printf("%-12s %8s %14s %14s %8s%n", "", "threads", "actionlog/s", "by hand/s", "ratio");
		try (EmbeddedPostgres server = durablePostgres()) {
			for (int threads : THREADS) {
				Options options = new OptionsBuilder().include((args.length > 0) ? args[0] : ".*")
					.threads(threads)
					.jvmArgsAppend("-D" + URL + "=" + server.getJdbcUrl("postgres", "postgres"))
					.shouldFailOnError(true)
					.output("target/jmh-%d.txt".formatted(threads))
					.build();
				new Runner(options).run().forEach(Benchmarks::print);
			}
		}
	}

	// for the sake of tests EmbeddedPostgres does not wait for the disk; PostgreSQL does
	private static EmbeddedPostgres durablePostgres() throws IOException {
		return EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.start();
	}

	private static void print(RunResult result) {
		List<Double> scores = result.getBenchmarkResults()
			.stream()
			.flatMap((fork) -> fork.getIterationResults().stream())
			.map(IterationResult::getPrimaryResult)
			.map((iteration) -> iteration.getScore())
			.toList();
		int turns = scores.size() / 2;
		IntToDoubleFunction library = (turn) -> scores.get(2 * turn);
		IntToDoubleFunction byHand = (turn) -> scores.get(2 * turn + 1);
		System.out.printf("%-12s %8d %,14.0f %,14.0f %8.2f%n", result.getPrimaryResult().getLabel(),
				result.getParams().getThreads(), median(turns, library), median(turns, byHand),
				median(turns, (turn) -> library.applyAsDouble(turn) / byHand.applyAsDouble(turn)));
	}

	private static double median(int turns, IntToDoubleFunction value) {
		double[] sorted = IntStream.range(0, turns).mapToDouble(value).sorted().toArray();
		return (sorted[(turns - 1) / 2] + sorted[turns / 2]) / 2;
	}

}

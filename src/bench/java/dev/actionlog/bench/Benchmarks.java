package dev.actionlog.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs every benchmark, each in a JVM of its own, at several numbers of threads, all on
 * one PostgreSQL server that outlives them, and prints how the library compares. A
 * benchmark {@code x} is compared with {@code xByHand}.
 */
final class Benchmarks {

	static final String URL = "actionlog.bench.url";

	private static final int[] THREADS = { 1, 4, 16 };

	private static final String BY_HAND = "ByHand";

	private Benchmarks() {
	}

	/**
	 * Runs the benchmarks.
	 * @param args a regular expression that chooses among them, all by default
	 * @throws Exception if one fails
	 */
	public static void main(String[] args) throws Exception {
		List<RunResult> results = new ArrayList<>();
		try (EmbeddedPostgres server = durablePostgres()) {
			for (int threads : THREADS) {
				results.addAll(run((args.length > 0) ? args[0] : ".*", threads, server));
			}
		}
		print(results);
	}

	// for tests, EmbeddedPostgres does not wait for the disk; PostgreSQL itself does
	private static EmbeddedPostgres durablePostgres() throws Exception {
		return EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.start();
	}

	private static Collection<RunResult> run(String include, int threads, EmbeddedPostgres server) throws Exception {
		Options options = new OptionsBuilder().include(include)
			.threads(threads)
			.jvmArgsAppend("-D" + URL + "=" + server.getJdbcUrl("postgres", "postgres"))
			.shouldFailOnError(true)
			.build();
		return new Runner(options).run();
	}

	private static void print(List<RunResult> results) {
		Map<String, Double> scores = results.stream()
			.collect(Collectors.toMap((result) -> name(result, ""), (result) -> result.getPrimaryResult().getScore(),
					(first, second) -> first, TreeMap::new));
		System.out.printf("%n%-24s %8s %12s %12s %8s%n", "", "threads", "actionlog/s", "by hand/s", "ratio");
		for (RunResult result : results) {
			Double byHand = scores.get(name(result, BY_HAND));
			if (byHand != null) {
				double score = result.getPrimaryResult().getScore();
				System.out.printf("%-24s %8d %,12.0f %,12.0f %8.2f%n", result.getPrimaryResult().getLabel(),
						result.getParams().getThreads(), score, byHand, score / byHand);
			}
		}
	}

	private static String name(RunResult result, String suffix) {
		return result.getParams().getBenchmark() + suffix + " " + result.getParams().getThreads();
	}

}

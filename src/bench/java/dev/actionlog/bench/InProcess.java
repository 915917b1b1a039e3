package dev.actionlog.bench;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * A comparison of calls, without HTTP: JMH runs it in a JVM of its own for each number of
 * threads.
 *
 * @param name what is compared
 * @param benchmark the class that has both sides
 * @param mode operations per second, or microseconds per operation
 * @param goals the goal for each number of threads
 */
record InProcess(String name, Class<? extends TwoSides> benchmark, Mode mode,
		SortedMap<Integer, Goal> goals) implements Comparison {

	/**
	 * Turns of a second that are not measured, after the warm-up with one thread: the
	 * first ones of many threads are slow. An even number: the first turn that is
	 * measured is the library's.
	 */
	private static final int WARMUP_TURNS = 8;

	/**
	 * Compares operations per second at 1, 4 and 16 threads: alone, more than the
	 * processors of a small machine, and nearly as many as the pool has connections.
	 */
	static InProcess throughput(String name, Class<? extends TwoSides> benchmark, double one, double four,
			double sixteen) {
		return new InProcess(name + ", 1/s", benchmark, Mode.Throughput,
				new TreeMap<>(Map.of(1, Goal.atLeast(one), 4, Goal.atLeast(four), 16, Goal.atLeast(sixteen))));
	}

	/**
	 * Compares the time of an operation.
	 */
	static InProcess time(String name, Class<? extends TwoSides> benchmark, int threads, double goal) {
		return new InProcess(name + ", us", benchmark, Mode.AverageTime,
				new TreeMap<>(Map.of(threads, Goal.atMost(goal))));
	}

	@Override
	public void run(Server server, Table table) throws RunnerException {
		for (Map.Entry<Integer, Goal> goal : this.goals.entrySet()) {
			table.add(this.name, goal.getKey(), scores(server, goal.getKey()), goal.getValue());
		}
	}

	private List<Double> scores(Server server, int threads) throws RunnerException {
		String className = this.benchmark.getCanonicalName();
		RunResult result = new Runner(new OptionsBuilder().include("^" + className + ".turn$")
			.mode(this.mode)
			.timeUnit((this.mode == Mode.Throughput) ? TimeUnit.SECONDS : TimeUnit.MICROSECONDS)
			.threads(threads)
			.forks(1)
			.warmupIterations(WARMUP_TURNS)
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(server.turns())
			.measurementTime(TimeValue.seconds(1))
			.jvmArgsAppend(Server.jvmArgument())
			.shouldFailOnError(true)
			.output("target/jmh-%s-%d.txt".formatted(className, threads))
			.build()).runSingle();
		return result.getBenchmarkResults()
			.stream()
			.flatMap((fork) -> fork.getIterationResults().stream())
			.map(IterationResult::getPrimaryResult)
			.map((turn) -> turn.getScore())
			.toList();
	}

}

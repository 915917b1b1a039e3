package dev.actionlog.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The table that the run prints. The ratio is the median over neighbouring turns, so that
 * whatever else the machine does in the meantime falls on both sides.
 */
final class Table {

	private final PrintStream out;

	Table(PrintStream out) {
		this.out = out;
		out.printf("%-62s %7s %12s %12s %7s  %s%n", "what", "threads", "library", "reference", "ratio", "goal");
	}

	/**
	 * Prints a row.
	 * @param what what is compared, and its unit
	 * @param threads the number of threads or connections
	 * @param scores the result of each turn; the library has the first, its reference the
	 * second
	 * @param goal the goal
	 */
	void add(String what, int threads, List<Double> scores, Goal goal) {
		int pairs = scores.size() / 2;
		IntToDoubleFunction library = (pair) -> scores.get(2 * pair);
		IntToDoubleFunction reference = (pair) -> scores.get(2 * pair + 1);
		this.out.printf("%-62s %7d %,12.0f %,12.0f %7.2f  %s%n", what, threads, median(pairs, library),
				median(pairs, reference),
				median(pairs, (pair) -> library.applyAsDouble(pair) / reference.applyAsDouble(pair)), goal.text());
	}

	private static double median(int pairs, IntToDoubleFunction value) {
		double[] sorted = IntStream.range(0, pairs).mapToDouble(value).sorted().toArray();
		return (sorted[(pairs - 1) / 2] + sorted[pairs / 2]) / 2;
	}

}

package dev.actionlog.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.actionlog.action.ActionService;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Recording an action, and reading the recent ones.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 14, time = 1)
@NullUnmarked
public class ActionBenchmark {

	private Node node;

	private ActionService actions;

	private HandWrittenActions handWritten;

	/**
	 * Takes what is compared from the node, and warms it up with one thread: Hibernate is
	 * much code to compile, and many threads leave the compiler no processor.
	 * @param node the node
	 * @throws SQLException if that fails
	 */
	@Setup
	public void prepare(Node node) throws SQLException {
		this.node = node;
		this.actions = node.get(ActionService.class);
		this.handWritten = new HandWrittenActions(node.get(DataSource.class));
		Turn turn = new Turn();
		for (int i = 0; i < 30_000; i++) {
			turn.next();
			recent(turn);
			if (i < 3_000) {
				record(turn);
			}
		}
	}

	/**
	 * Records an action of any user.
	 * @param turn whose turn it is
	 * @throws SQLException if that fails
	 */
	@Benchmark
	public void record(Turn turn) throws SQLException {
		if (turn.isByHand()) {
			this.handWritten.record(this.node.anyUser(), "photo.changed", "Holiday");
		}
		else {
			this.actions.recordFor(this.node.anyUser(), "photo.changed", "Holiday");
		}
	}

	/**
	 * Reads the recent actions of any user.
	 * @param turn whose turn it is
	 * @return what was read
	 * @throws SQLException if that fails
	 */
	@Benchmark
	public List<?> recent(Turn turn) throws SQLException {
		return turn.isByHand() ? this.handWritten.recent(this.node.anyUser())
				: this.actions.recentFor(this.node.anyUser());
	}

}

package dev.actionlog.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.actionlog.action.Action;
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
 * Recording an action and reading the recent ones.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@NullUnmarked
public class ActionBenchmark {

	private Node node;

	private ActionService actions;

	private HandWrittenActions byHand;

	/**
	 * Takes what is measured from the node.
	 * @param node the node
	 */
	@Setup
	public void prepare(Node node) {
		this.node = node;
		this.actions = node.get(ActionService.class);
		this.byHand = new HandWrittenActions(node.get(DataSource.class));
	}

	/**
	 * Records with the library.
	 */
	@Benchmark
	public void record() {
		this.actions.recordFor(this.node.anyUser(), "photo.changed", "Holiday");
	}

	/**
	 * Records with JDBC.
	 * @throws SQLException if that fails
	 */
	@Benchmark
	public void recordByHand() throws SQLException {
		this.byHand.record(this.node.anyUser(), "photo.changed", "Holiday");
	}

	/**
	 * Reads with the library.
	 * @return what was read
	 */
	@Benchmark
	public List<Action> recent() {
		return this.actions.recentFor(this.node.anyUser());
	}

	/**
	 * Reads with JDBC.
	 * @return what was read
	 * @throws SQLException if that fails
	 */
	@Benchmark
	public List<HandWrittenActions.Row> recentByHand() throws SQLException {
		return this.byHand.recent(this.node.anyUser());
	}

}

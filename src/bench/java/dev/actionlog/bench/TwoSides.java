package dev.actionlog.bench;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A benchmark whose two sides, the library and its reference, take turns in one JVM, an
 * iteration each, so that whatever else the machine does in the meantime falls on both.
 */
@State(Scope.Benchmark)
public abstract class TwoSides {

	/**
	 * How long one thread warms both sides up before there are more: Hibernate is much
	 * code to compile, and many threads leave the compiler no processor.
	 */
	private static final long WARMUP_NANOS = 10_000_000_000L;

	/** The length of a turn of that warm-up: short, so that each side has many. */
	private static final long WARMUP_TURN_NANOS = 250_000_000L;

	private boolean reference = true;

	/**
	 * Prepares both sides, and warms them up.
	 * @throws Exception if that fails
	 */
	@Setup(Level.Trial)
	public final void start() throws Exception {
		prepare();
		long end = System.nanoTime() + WARMUP_NANOS;
		// an even number of turns: the library has the first that JMH counts, too
		while (System.nanoTime() < end || !this.reference) {
			beginTurn();
			for (long turn = System.nanoTime() + WARMUP_TURN_NANOS; System.nanoTime() < turn;) {
				turn();
			}
			endTurn();
		}
	}

	/**
	 * Gives the turn to the other side. The library has the first.
	 * @throws Exception if the turn cannot begin
	 */
	@Setup(Level.Iteration)
	public final void beginTurn() throws Exception {
		this.reference = !this.reference;
		begin(this.reference);
	}

	/**
	 * Does the work once.
	 * @return what was read, if it reads
	 * @throws Exception if it fails
	 */
	@Benchmark
	public final @Nullable Object turn() throws Exception {
		return this.reference ? reference() : library();
	}

	/**
	 * Ends a turn.
	 */
	@TearDown(Level.Iteration)
	public final void endTurn() {
		end();
	}

	/**
	 * Closes what was opened.
	 */
	@TearDown(Level.Trial)
	public final void stop() {
		close();
	}

	abstract void prepare() throws Exception;

	/**
	 * What is not measured before a turn.
	 * @param reference whether it is the reference's turn
	 */
	void begin(boolean reference) throws Exception {
	}

	abstract @Nullable Object library() throws Exception;

	abstract @Nullable Object reference() throws Exception;

	/**
	 * What is not measured after a turn.
	 */
	void end() {
	}

	abstract void close();

}

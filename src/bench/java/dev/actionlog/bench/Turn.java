package dev.actionlog.bench;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Whose turn it is. The library and JDBC take turns in one JVM, an iteration each, so
 * that whatever else the machine does in the meantime falls on both.
 */
@State(Scope.Benchmark)
public class Turn {

	private boolean byHand = true;

	/**
	 * Gives the turn to the other one. The library has the first.
	 */
	@Setup(Level.Iteration)
	public void next() {
		this.byHand = !this.byHand;
	}

	boolean isByHand() {
		return this.byHand;
	}

}

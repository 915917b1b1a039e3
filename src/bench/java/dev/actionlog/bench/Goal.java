package dev.actionlog.bench;

/**
 * Which ratio of the library to its reference is the goal.
 *
 * @param text the ratio, and whether it is the least or the most
 */
record Goal(String text) {

	static final Goal NONE = new Goal("");

	/**
	 * For operations per second.
	 * @param ratio the least
	 */
	static Goal atLeast(double ratio) {
		return new Goal(">= " + ratio);
	}

	/**
	 * For the time or the CPU time of an operation.
	 * @param ratio the most
	 */
	static Goal atMost(double ratio) {
		return new Goal("<= " + ratio);
	}

}

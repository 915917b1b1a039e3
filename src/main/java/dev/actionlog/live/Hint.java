package dev.actionlog.live;

import java.util.Locale;

/**
 * What a stream tells a page: that something may be new, and never what.
 */
enum Hint {

	/** Messages wait. */
	MESSAGES(1),

	/** The recent actions have changed. */
	ACTIONS(2);

	private final int bit;

	Hint(int bit) {
		this.bit = bit;
	}

	/**
	 * The bit in which a stream remembers it.
	 */
	int bit() {
		return this.bit;
	}

	/**
	 * The server-sent event.
	 */
	String event() {
		return "event: " + name().toLowerCase(Locale.ROOT) + "\ndata:\n\n";
	}

}

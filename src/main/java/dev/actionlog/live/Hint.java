package dev.actionlog.live;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a stream tells a page: that something may be new, and never what.
 */
enum Hint {

	/** Messages wait. */
	MESSAGES,

	/** The recent actions have changed. */
	ACTIONS;

	private final byte[] event = "event: %s\ndata:\n\n".formatted(name().toLowerCase(Locale.ROOT))
		.getBytes(StandardCharsets.UTF_8);

	/**
	 * The bit in which a stream remembers it.
	 */
	int bit() {
		return 1 << ordinal();
	}

	/**
	 * The server-sent event.
	 */
	byte[] event() {
		return this.event;
	}

}

package dev.actionlog.flash;

import java.time.Instant;
import java.time.InstantSource;

import dev.actionlog.testing.SetClock;

/**
 * Where the clocks of these tests stand until they are moved.
 */
final class StoppedClock {

	static final Instant START = Instant.parse("2026-11-21T13:05:07.123456Z");

	private StoppedClock() {
	}

	static SetClock create() {
		return new SetClock(InstantSource.fixed(START));
	}

}

package dev.actionlog.flash;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that moves only when it is told to.
 */
final class StoppedClock extends Clock {

	static final Instant START = Instant.parse("2026-11-21T13:05:07.123456Z");

	private volatile Instant now = START;

	void reset() {
		this.now = START;
	}

	void advance(Duration time) {
		this.now = this.now.plus(time);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Instant instant() {
		return this.now;
	}

}

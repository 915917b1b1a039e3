package dev.actionlog.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

/**
 * A clock that a test sets; until then, and after a reset, another one is asked.
 */
public final class SetClock extends Clock {

	private final InstantSource other;

	private volatile @Nullable Instant now;

	/**
	 * A clock that is not set yet.
	 * @param other tells the time until it is
	 */
	public SetClock(InstantSource other) {
		this.other = other;
	}

	/**
	 * Sets the clock, which stands still from now on.
	 * @param now the time
	 */
	public void set(Instant now) {
		this.now = now;
	}

	/**
	 * Moves the clock, which stands still again then.
	 * @param time how far
	 */
	public void advance(Duration time) {
		set(instant().plus(time));
	}

	/**
	 * Takes back that the clock was set.
	 */
	public void reset() {
		this.now = null;
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
		Instant set = this.now;
		return (set != null) ? set : this.other.instant();
	}

}

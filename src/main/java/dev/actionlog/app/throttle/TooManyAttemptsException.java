package dev.actionlog.app.throttle;

/**
 * Exception for an attempt that comes too early after others.
 */
public class TooManyAttemptsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final long seconds;

	TooManyAttemptsException(long seconds) {
		super("Too many attempts: wait " + seconds + " s");
		this.seconds = seconds;
	}

	/**
	 * How long the next attempt has to wait.
	 * @return the seconds, at least 1
	 */
	public long getSeconds() {
		return this.seconds;
	}

}

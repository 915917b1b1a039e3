package dev.actionlog.app.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * The body of a request that is read within a time, and waited for with a permit only.
 * The time is checked before each read: the last one takes as long as the server waits
 * for a client that sends nothing.
 */
class TimedBody implements InputBuffer {

	/** For any body. */
	private static final Duration MIN_TIME = Duration.ofSeconds(20);

	/**
	 * More time for each byte that has arrived: a photo of 10 MB takes no longer than 17
	 * minutes.
	 */
	private static final Duration TIME_PER_BYTE = Duration.ofSeconds(1).dividedBy(10_000);

	private final InputBuffer body;

	private final Request request;

	private final Semaphore permits;

	private final InstantSource clock;

	private Instant end;

	/**
	 * Creates the body.
	 * @param body the server's own, which waits
	 * @param request the request that has it
	 * @param permits as many as threads may wait for bodies at a time
	 * @param clock tells the time
	 */
	TimedBody(InputBuffer body, Request request, Semaphore permits, InstantSource clock) {
		this.body = body;
		this.request = request;
		this.permits = permits;
		this.clock = clock;
		this.end = clock.instant().plus(MIN_TIME);
	}

	/**
	 * Reads what has arrived, or waits.
	 * @throws UncheckedIOException if the time is over, the client sends nothing for too
	 * long, or too many threads wait; its cause is a {@link SocketTimeoutException}
	 */
	@Override
	public int doRead(ApplicationBufferHandler handler) throws IOException {
		if (this.request.isFinished()) {
			return this.body.doRead(handler);
		}
		if (this.clock.instant().isAfter(this.end)) {
			throw tooSlow();
		}
		if (hasArrived()) {
			return read(handler);
		}
		if (!this.permits.tryAcquire()) {
			throw tooSlow();
		}
		try {
			return read(handler);
		}
		finally {
			this.permits.release();
		}
	}

	private int read(ApplicationBufferHandler handler) throws IOException {
		try {
			int bytes = this.body.doRead(handler);
			this.end = this.end.plus(TIME_PER_BYTE.multipliedBy(Math.max(bytes, 0)));
			return bytes;
		}
		catch (SocketTimeoutException ex) {
			throw tooSlow();
		}
	}

	/**
	 * Whether reading does not wait.
	 */
	private boolean hasArrived() {
		this.request.action(ActionCode.AVAILABLE, true);
		return available() > 0;
	}

	/**
	 * Lets nobody wait for the rest.
	 */
	void refuse() {
		this.end = Instant.MIN;
	}

	/**
	 * After an {@link IOException} Tomcat would close the connection without an answer.
	 */
	private UncheckedIOException tooSlow() {
		refuse();
		return new UncheckedIOException(new SocketTimeoutException("The body takes too long"));
	}

	@Override
	public int available() {
		return this.body.available();
	}

}

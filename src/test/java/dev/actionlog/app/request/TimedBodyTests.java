package dev.actionlog.app.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.concurrent.Semaphore;

import dev.actionlog.testing.SetClock;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TimedBody}.
 */
class TimedBodyTests {

	private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

	private final ApplicationBufferHandler handler = mock(ApplicationBufferHandler.class);

	private final SetClock clock = new SetClock(() -> START);

	private final Request request = new Request();

	@Test
	void eachByteThatArrivesGivesMoreTime() throws IOException {
		TimedBody body = new TimedBody(new Bytes(0), this.request, new Semaphore(1), this.clock);
		body.doRead(this.handler);
		this.clock.set(START.plusMillis(20_500));
		body.doRead(this.handler);
		this.clock.set(START.plusMillis(21_001));
		assertIsTooSlow(body);
	}

	@Test
	void waitsWithAPermitOnly() throws IOException {
		Semaphore permits = new Semaphore(0);
		TimedBody body = new TimedBody(new Bytes(0), this.request, permits, this.clock);
		assertIsTooSlow(body);
		permits.release();
		assertIsTooSlow(body);
		assertThat(new TimedBody(new Bytes(0), this.request, permits, this.clock).doRead(this.handler)).isPositive();
		assertThat(permits.availablePermits()).isEqualTo(1);
	}

	@Test
	void needsNoPermitForWhatHasArrived() throws IOException {
		this.request.setContentLength(10_000);
		TimedBody body = new TimedBody(new Bytes(5000), this.request, new Semaphore(0), this.clock);
		assertThat(body.doRead(this.handler)).isPositive();
	}

	private void assertIsTooSlow(TimedBody body) {
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> body.doRead(this.handler))
			.withCauseInstanceOf(SocketTimeoutException.class);
	}

	/** A body of which each read gives 5,000 bytes. */
	private record Bytes(int available) implements InputBuffer {

		@Override
		public int doRead(ApplicationBufferHandler handler) {
			return 5000;
		}

	}

}

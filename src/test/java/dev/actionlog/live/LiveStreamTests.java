package dev.actionlog.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link LiveStream}, with an executor that does everything when it is told.
 */
@NullUnmarked
class LiveStreamTests {

	private final ScheduledThreadPoolExecutor executor = mock();

	private final AtomicInteger ended = new AtomicInteger();

	private final Output output = new Output();

	private final AsyncContext context = mock();

	private final LiveStream stream = new LiveStream(this.executor, (stream) -> this.ended.incrementAndGet());

	private Runnable heartbeat;

	@Test
	void writesNothingBeforeTheServerIsReady() throws IOException {
		this.stream.hint(Hint.MESSAGES);
		start();
		assertThat(this.output.text()).isEmpty();
		this.stream.onWritePossible();
		assertThat(this.output.text()).isEqualTo("event: messages\ndata:\n\n");
	}

	@Test
	void beginsWithACommentSoThatTheHeadersGoOut() throws IOException {
		start();
		this.stream.onWritePossible();
		assertThat(this.output.text()).isEqualTo(":\n\n");
		assertThat(this.output.flushed).isTrue();
	}

	@Test
	void writesTogetherWhatComesTogether() throws IOException {
		start();
		this.stream.onWritePossible();
		this.output.reset();
		for (int i = 0; i < 100; i++) {
			this.stream.hint(Hint.ACTIONS);
			this.stream.hint(Hint.MESSAGES);
		}
		scheduled().run();
		assertThat(this.output.text()).isEqualTo("event: messages\ndata:\n\nevent: actions\ndata:\n\n");
	}

	@Test
	void beatsWhereThereIsNothingElse() throws IOException {
		start();
		this.stream.onWritePossible();
		this.output.reset();
		this.heartbeat.run();
		this.heartbeat.run();
		assertThat(this.output.text()).isEqualTo(":\n\n:\n\n");
		verify(this.context, never()).complete();
	}

	@Test
	void dropsClientThatDoesNotRead() throws IOException {
		start();
		this.stream.onWritePossible();
		this.output.ready = false;
		this.output.reset();
		this.stream.hint(Hint.MESSAGES);
		scheduled().run();
		this.heartbeat.run();
		verify(this.context, never()).complete();
		this.heartbeat.run();
		verify(this.context).complete();
		assertThat(this.ended).hasPositiveValue();
		assertThat(this.output.text()).isEmpty();
	}

	@Test
	void clientThatReadsAgainGetsWhatWaited() throws IOException {
		start();
		this.stream.onWritePossible();
		this.output.ready = false;
		this.output.reset();
		this.stream.hint(Hint.MESSAGES);
		scheduled().run();
		this.heartbeat.run();
		this.output.ready = true;
		this.stream.onWritePossible();
		assertThat(this.output.text()).isEqualTo("event: messages\ndata:\n\n");
		this.heartbeat.run();
		verify(this.context, never()).complete();
	}

	/**
	 * Nobody tells it that its session has ended.
	 */
	@Test
	void endsAfterAWhileSoThatTheClientHasToAskAgain() throws IOException {
		start();
		verify(this.context).setTimeout(Duration.ofHours(25).toMillis());
		this.stream.onTimeout(new AsyncEvent(this.context));
		verify(this.context).complete();
		assertThat(this.ended).hasPositiveValue();
	}

	@Test
	void isForgottenWhereTheClientHasGone() throws IOException {
		start();
		this.stream.onWritePossible();
		this.output.broken = true;
		this.heartbeat.run();
		assertThat(this.ended).hasPositiveValue();
	}

	@Test
	void endsAtOnceWhereItWasEndedBeforeItsStart() throws IOException {
		this.stream.end();
		start();
		verify(this.context).complete();
		assertThat(this.output.listener).isNull();
	}

	private void start() throws IOException {
		ServletResponse response = mock();
		given(this.context.getResponse()).willReturn(response);
		given(response.getOutputStream()).willReturn(this.output);
		given(this.executor.scheduleWithFixedDelay(any(), anyLong(), anyLong(), any())).willAnswer((call) -> {
			this.heartbeat = call.getArgument(0);
			return mock(ScheduledFuture.class);
		});
		this.stream.start(this.context);
	}

	private Runnable scheduled() {
		ArgumentCaptor<Runnable> work = ArgumentCaptor.forClass(Runnable.class);
		verify(this.executor).schedule(work.capture(), anyLong(), any(TimeUnit.class));
		return work.getValue();
	}

	private static final class Output extends ServletOutputStream {

		private final ByteArrayOutputStream written = new ByteArrayOutputStream();

		private boolean ready = true;

		private boolean flushed;

		private boolean broken;

		private WriteListener listener;

		@Override
		public boolean isReady() {
			return this.ready;
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			this.listener = listener;
		}

		@Override
		public void write(int b) throws IOException {
			if (this.broken) {
				throw new IOException("for the test");
			}
			this.written.write(b);
		}

		@Override
		public void flush() {
			this.flushed = true;
		}

		void reset() {
			this.written.reset();
		}

		String text() {
			return this.written.toString(StandardCharsets.UTF_8);
		}

	}

}

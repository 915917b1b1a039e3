package dev.actionlog.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.jspecify.annotations.Nullable;

/**
 * The stream of one browser. Hints that it could not write yet are remembered as bits, so
 * that a client that does not read costs no memory; it is dropped when the next heartbeat
 * is due. Only the executor's thread and the server's own write, and never wait.
 */
final class LiveStream implements WriteListener, AsyncListener {

	/** Between two writes; what comes in between is written together. */
	private static final long PAUSE_MILLIS = 100;

	/**
	 * Streams that pause are written at the same times, so that the thread wakes up less
	 * often.
	 */
	private static final long TICK_MILLIS = 50;

	/**
	 * After which the browser comes back, if its session has not ended: nobody tells a
	 * stream that it has. Longer than sessions last without a request, so that an open
	 * page keeps none alive.
	 */
	private static final Duration LIFETIME = Duration.ofHours(25);

	/** Proxies close what is silent for a minute, and some for half of one. */
	private static final long HEARTBEAT_SECONDS = 25;

	/** A bit like those of the hints: a comment, which clients skip. */
	private static final int BEAT = 4;

	private static final String COMMENT = ":\n\n";

	private final ScheduledExecutorService executor;

	private final Consumer<LiveStream> ended;

	/** What is to be written. As long as it is not 0, somebody is going to write it. */
	private final AtomicInteger pending = new AtomicInteger(BEAT);

	private @Nullable AsyncContext context;

	private @Nullable ServletOutputStream out;

	private @Nullable Future<?> heartbeat;

	private boolean unflushed;

	private boolean closed;

	private volatile long lastWrite;

	/**
	 * A stream that remembers hints and writes none until it is {@linkplain #start
	 * started}.
	 * @param executor has one thread
	 * @param ended takes this stream, at least once, when it has ended
	 */
	LiveStream(ScheduledExecutorService executor, Consumer<LiveStream> ended) {
		this.executor = executor;
		this.ended = ended;
		this.lastWrite = System.nanoTime();
	}

	/**
	 * Begins to write. The server calls back when its own thread has left the request, so
	 * that filters can add headers still.
	 * @param context the asynchronous request and its response
	 */
	void start(AsyncContext context) throws IOException {
		context.setTimeout(LIFETIME.toMillis());
		context.addListener(this);
		boolean late;
		synchronized (this) {
			this.context = context;
			late = this.closed;
			if (!late) {
				this.heartbeat = this.executor.scheduleWithFixedDelay(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS,
						TimeUnit.SECONDS);
			}
		}
		if (late) {
			context.complete();
		}
		else {
			context.getResponse().getOutputStream().setWriteListener(this);
		}
	}

	/**
	 * Gives a hint, soon and from another thread.
	 */
	void hint(Hint hint) {
		long now = System.nanoTime();
		long delay = PAUSE_MILLIS - TimeUnit.NANOSECONDS.toMillis(now - this.lastWrite);
		hint(hint, (delay > 0)
				? delay + TICK_MILLIS - Math.floorMod(TimeUnit.NANOSECONDS.toMillis(now) + delay, TICK_MILLIS) : 0);
	}

	/**
	 * Gives a hint after a time.
	 * @param delay milliseconds, or not more than 0 for now
	 */
	void hint(Hint hint, long delay) {
		if (this.pending.getAndUpdate((bits) -> bits | hint.bit()) == 0) {
			try {
				Future<?> unused = this.executor.schedule(this::write, delay, TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				// all streams end
			}
		}
	}

	/**
	 * Writes a comment, or drops a client that has not taken the last one.
	 */
	private void beat() {
		int before = this.pending.getAndUpdate((bits) -> bits | BEAT);
		if ((before & BEAT) != 0) {
			end();
		}
		else if (before == 0) {
			write();
		}
	}

	private synchronized void write() {
		ServletOutputStream out = this.out;
		if (out == null || this.closed) {
			return;
		}
		try {
			while ((this.unflushed || this.pending.get() != 0) && out.isReady()) {
				if (this.unflushed) {
					this.unflushed = false;
					out.flush();
				}
				else {
					this.unflushed = true;
					this.lastWrite = System.nanoTime();
					out.write(events(this.pending.getAndSet(0)).getBytes(StandardCharsets.US_ASCII));
				}
			}
		}
		// the server tells its listeners, too, in a thread of its own
		catch (IOException | IllegalStateException ex) {
			forget();
		}
	}

	private static String events(int bits) {
		String events = Arrays.stream(Hint.values())
			.filter((hint) -> (bits & hint.bit()) != 0)
			.map(Hint::event)
			.collect(Collectors.joining());
		return events.isEmpty() ? COMMENT : events;
	}

	/**
	 * Ends the response.
	 */
	void end() {
		AsyncContext context = forget();
		if (context != null) {
			try {
				context.complete();
			}
			catch (IllegalStateException ex) {
				// it has ended already
			}
		}
	}

	/**
	 * Writes nothing any more.
	 */
	private @Nullable AsyncContext forget() {
		AsyncContext context;
		synchronized (this) {
			context = this.context;
			this.closed = true;
			if (this.heartbeat != null) {
				this.heartbeat.cancel(false);
			}
		}
		this.ended.accept(this);
		return context;
	}

	@Override
	public void onWritePossible() throws IOException {
		synchronized (this) {
			if (this.out == null && this.context != null) {
				this.out = this.context.getResponse().getOutputStream();
			}
		}
		write();
	}

	@Override
	public void onError(Throwable failure) {
		end();
	}

	@Override
	public void onComplete(AsyncEvent event) {
		forget();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		end();
	}

	@Override
	public void onError(AsyncEvent event) {
		end();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// nobody starts it again
	}

}

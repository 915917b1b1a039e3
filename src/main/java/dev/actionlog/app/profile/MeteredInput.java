package dev.actionlog.app.profile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

import javax.imageio.IIOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

import com.sun.management.ThreadMXBean;

/**
 * Input that stops a reader which takes too much time or memory over a part of a file: a
 * few bits of a lossless WebP make it allocate a thousand times as many, and it tells
 * nobody how far it is.
 */
final class MeteredInput extends MemoryCacheImageInputStream {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** To look costs as much as to read so often. */
	private static final int READS = 64;

	private long start;

	private long end;

	private long limit;

	private long deadline;

	private long before = -1;

	private int reads;

	MeteredInput(byte[] file) {
		super(new ByteArrayInputStream(file));
	}

	/**
	 * Sets the limits of a part.
	 * @param start the position from which on they hold
	 * @param end the position up to which they hold
	 * @param limit how many bytes this thread may allocate meanwhile
	 * @param time for how long from now on it may read
	 */
	void limit(long start, long end, long limit, Duration time) {
		this.start = start;
		this.end = end;
		this.limit = limit;
		this.deadline = System.nanoTime() + time.toNanos();
	}

	@Override
	public int read() throws IOException {
		look();
		return super.read();
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		look();
		return super.read(bytes, offset, length);
	}

	private void look() throws IIOException {
		if (this.streamPos < this.start || this.streamPos >= this.end || this.reads++ % READS != 0) {
			return;
		}
		if (System.nanoTime() - this.deadline >= 0) {
			throw new SlowReaderException();
		}
		long allocated = THREADS.getCurrentThreadAllocatedBytes();
		if (this.before < 0) {
			this.before = allocated;
		}
		if (allocated - this.before > this.limit) {
			throw new IIOException("The picture takes too much memory");
		}
	}

	/**
	 * Says that the time is over.
	 */
	static final class SlowReaderException extends IIOException {

		private static final long serialVersionUID = 1L;

		SlowReaderException() {
			super("The picture takes too much time");
		}

	}

}

package dev.actionlog.app.profile;

import java.time.Duration;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/**
 * Listener that stops a reader which takes too long. What it has read by then is not the
 * whole picture.
 */
class ReadDeadline implements IIOReadProgressListener {

	private final long end;

	private boolean missed;

	ReadDeadline(Duration limit) {
		this.end = System.nanoTime() + limit.toNanos();
	}

	boolean isMissed() {
		return this.missed;
	}

	@Override
	public void imageProgress(ImageReader reader, float percentageDone) {
		if (System.nanoTime() - this.end >= 0) {
			this.missed = true;
			reader.abort();
		}
	}

	@Override
	public void sequenceStarted(ImageReader reader, int minIndex) {
	}

	@Override
	public void sequenceComplete(ImageReader reader) {
	}

	@Override
	public void imageStarted(ImageReader reader, int imageIndex) {
	}

	@Override
	public void imageComplete(ImageReader reader) {
	}

	@Override
	public void thumbnailStarted(ImageReader reader, int imageIndex, int thumbnailIndex) {
	}

	@Override
	public void thumbnailProgress(ImageReader reader, float percentageDone) {
	}

	@Override
	public void thumbnailComplete(ImageReader reader) {
	}

	@Override
	public void readAborted(ImageReader reader) {
	}

}

package dev.actionlog.app.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Check of the chunks of a WebP, which tell where it ends and what decoding it costs. The
 * reader believes what the first of them says of the size, and decodes each picture that
 * it finds.
 */
final class WebpChunks {

	/** The most pixels. The reader has all of them in memory. */
	static final long MAX_PIXELS = 16_000_000;

	private static final int FILE_HEADER = 12;

	private static final int CHUNK_HEADER = 8;

	private static final int FRAME_HEADER = 16;

	// four letters, read as a number
	private static final int LOSSY = 0x20385056;

	private static final int LOSSLESS = 0x4C385056;

	private static final int TRANSPARENCY = 0x48504C41;

	private static final int FRAME = 0x464D4E41;

	/** The bits of a side. */
	private static final int SIDE = 0x3FFF;

	private final ByteBuffer file;

	private int losslessStart;

	private int losslessEnd;

	/**
	 * Checks a file.
	 * @throws UnreadablePhotoException if it has no end, several pictures outside of an
	 * animation, or one with too many pixels
	 */
	WebpChunks(byte[] file) throws UnreadablePhotoException {
		this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
		check(FILE_HEADER, end(4, file.length), false);
	}

	/**
	 * Where the data begins that is coded as in a lossless picture, which transparency is
	 * in any. There is at most one such place that is read.
	 */
	int losslessStart() {
		return this.losslessStart;
	}

	int losslessEnd() {
		return this.losslessEnd;
	}

	private void check(int from, int to, boolean frame) throws UnreadablePhotoException {
		int pictures = 0;
		int transparencies = 0;
		int frames = 0;
		for (int at = from, end; at + CHUNK_HEADER <= to; at = end + end % 2) {
			end = end(at + 4, to);
			int data = at + CHUNK_HEADER;
			switch (this.file.getInt(at)) {
				case LOSSY -> {
					pictures++;
					int sides = sides(data + 6, end);
					checkSize(sides & SIDE, sides >>> 16 & SIDE);
				}
				case LOSSLESS -> {
					pictures++;
					lossless(data, end);
					int sides = sides(data + 1, end);
					checkSize((sides & SIDE) + 1, (sides >>> 14 & SIDE) + 1);
				}
				case TRANSPARENCY -> {
					transparencies++;
					lossless(data, end);
				}
				case FRAME -> {
					// the others are not read
					if (frames++ == 0 && !frame) {
						check(data + FRAME_HEADER, end, true);
					}
				}
				default -> {
				}
			}
		}
		if (pictures > 1 || transparencies > 1 || (frames > 0 && pictures + transparencies > 0)) {
			throw new UnreadablePhotoException("photo.damaged");
		}
	}

	private void lossless(int start, int end) {
		this.losslessStart = start;
		this.losslessEnd = end;
	}

	/**
	 * Where a chunk ends whose length is at a position.
	 */
	private int end(int position, int limit) throws UnreadablePhotoException {
		long end = position + 4 + (this.file.getInt(position) & 0xFFFF_FFFFL);
		if (end > limit) {
			throw new UnreadablePhotoException("photo.damaged");
		}
		return (int) end;
	}

	private int sides(int position, int end) throws UnreadablePhotoException {
		if (position + 4 > end) {
			throw new UnreadablePhotoException("photo.damaged");
		}
		return this.file.getInt(position);
	}

	private static void checkSize(int width, int height) throws UnreadablePhotoException {
		if ((long) width * height > MAX_PIXELS) {
			throw new UnreadablePhotoException("photo.pixels.webp");
		}
	}

}

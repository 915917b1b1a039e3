package dev.actionlog.app.profile;

/**
 * Check of the markers of a JPEG, which tell what decoding it costs and where it ends.
 * They are looked at once and in order, before a decoder gets the file.
 */
final class JpegMarkers {

	/** The most scans: each is a pass over all pixels, and needs few bytes. */
	static final int MAX_SCANS = 100;

	/** The most segments: looking for one of them takes the square of their number. */
	static final int MAX_SEGMENTS = 1000;

	private static final int FIRST = 0xC0;

	private static final int PROGRESSIVE_FRAME = 0xC2;

	private static final int HUFFMAN_TABLES = 0xC4;

	private static final int RESERVED = 0xC8;

	private static final int ARITHMETIC_CODING = 0xCC;

	private static final int FIRST_RESTART = 0xD0;

	private static final int IMAGE_START = 0xD8;

	private static final int IMAGE_END = 0xD9;

	private static final int SCAN = 0xDA;

	private JpegMarkers() {
	}

	/**
	 * Checks a file.
	 * @throws UnreadablePhotoException if it has no end, too many parts, or a coding that
	 * is decoded as a whole in memory
	 */
	static void check(byte[] file) throws UnreadablePhotoException {
		int scans = 0;
		int segments = 0;
		int at = 2;
		while (at + 1 < file.length) {
			int marker = file[at + 1] & 0xFF;
			if ((file[at] & 0xFF) != 0xFF || !isMarker(marker)) {
				at++;
				continue;
			}
			if (marker == IMAGE_END) {
				return;
			}
			scans += (marker == SCAN) ? 1 : 0;
			segments++;
			if (isUnknownFrame(marker) || scans > MAX_SCANS || segments > MAX_SEGMENTS || at + 3 >= file.length) {
				break;
			}
			at += 2 + (((file[at + 2] & 0xFF) << 8) | (file[at + 3] & 0xFF));
		}
		throw new UnreadablePhotoException("photo.damaged");
	}

	/**
	 * Not a byte of a scan, nor one that fills a gap.
	 */
	private static boolean isMarker(int code) {
		return code >= FIRST && code != 0xFF && (code < FIRST_RESTART || code >= IMAGE_START);
	}

	/**
	 * Frames that are lossless, hierarchical or arithmetically coded.
	 */
	private static boolean isUnknownFrame(int marker) {
		return marker > PROGRESSIVE_FRAME && marker < FIRST_RESTART && marker != HUFFMAN_TABLES && marker != RESERVED
				&& marker != ARITHMETIC_CODING;
	}

}

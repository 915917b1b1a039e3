package dev.actionlog.app.profile;

/**
 * Check of the blocks before the picture of a GIF: comments and the data of other
 * programs. Not every reader skips them, and to collect one takes the square of its size.
 */
final class GifBlocks {

	/** The most bytes before the picture. */
	static final int MAX_BYTES = 256 * 1024;

	private static final int HEADER = 13;

	private static final int EXTENSION = 0x21;

	private GifBlocks() {
	}

	/**
	 * Checks a file.
	 * @throws UnreadablePhotoException if there is too much before the picture
	 */
	static void check(byte[] file) throws UnreadablePhotoException {
		int at = HEADER;
		if (file.length > HEADER && (file[10] & 0x80) != 0) {
			// the palette of two colours to the power of what the flags say
			at += 3 * (2 << (file[10] & 7));
		}
		while (at + 2 < file.length && file[at] == EXTENSION) {
			at += 2;
			while (at < file.length && file[at] != 0) {
				at += 1 + (file[at] & 0xFF);
			}
			at++;
			if (at > MAX_BYTES) {
				throw new UnreadablePhotoException("photo.damaged");
			}
		}
	}

}

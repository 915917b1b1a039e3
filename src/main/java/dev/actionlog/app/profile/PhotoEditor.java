package dev.actionlog.app.profile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

import org.springframework.stereotype.Component;

/**
 * Makes a small photo without metadata from an uploaded file. What a file can cost is
 * bounded: two at a time are decoded, for a limited time, and in a memory that does not
 * depend on what the file contains.
 */
@Component
class PhotoEditor {

	/** The longest side of a photo, in pixels. */
	static final int MAX_SIDE = 512;

	/** The most pixels that an uploaded photo can have. */
	static final long MAX_PIXELS = 50_000_000;

	/**
	 * The longest side that an uploaded photo can have, the same as in the format JPEG: a
	 * whole row is in memory.
	 */
	static final int MAX_UPLOADED_SIDE = 65_535;

	/** How many bytes a pixel of a lossless WebP takes while it is read, at most. */
	private static final int LOSSLESS_PIXEL = 8;

	/** What such a picture takes beside its pixels. */
	private static final int LOSSLESS_TABLES = 8 * 1024 * 1024;

	private static final String WEBP = "webp";

	private static final String JPEG = "jpeg";

	private final Semaphore decoders;

	private final Duration patience;

	private final Duration limit;

	PhotoEditor() {
		this(2, Duration.ofSeconds(10), Duration.ofSeconds(20));
	}

	/**
	 * An editor with its own bounds.
	 * @param decoders how many photos are decoded at a time
	 * @param patience how long a photo waits for its turn
	 * @param limit how long a photo is decoded
	 */
	PhotoEditor(int decoders, Duration patience, Duration limit) {
		this.decoders = new Semaphore(decoders);
		this.patience = patience;
		this.limit = limit;
		// uploads are small enough for memory, and no temporary file is left behind
		ImageIO.setUseCache(false);
	}

	/**
	 * Decodes, turns upright, scales down and encodes again.
	 * @param username the owner
	 * @param file a JPEG, PNG, GIF or WebP; of an animation the first picture is taken
	 * @return a JPEG made from a JPEG or from a WebP without transparency, else a PNG
	 * @throws UnreadablePhotoException if the file is no such picture, is damaged, has
	 * more than {@value #MAX_PIXELS} pixels (as a WebP, {@value WebpChunks#MAX_PIXELS})
	 * or takes too long, or if too many other photos are waiting
	 */
	Photo edit(String username, byte[] file) throws UnreadablePhotoException {
		waitForTurn();
		try (MeteredInput stream = new MeteredInput(file)) {
			Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
			if (!readers.hasNext()) {
				throw new UnreadablePhotoException("photo.format");
			}
			ImageReader reader = readers.next();
			try {
				return edit(username, reader, stream, file);
			}
			finally {
				reader.dispose();
			}
		}
		catch (MeteredInput.SlowReaderException ex) {
			throw new UnreadablePhotoException("photo.slow", ex);
		}
		// readers throw all kinds of exceptions at damaged files
		catch (IOException | RuntimeException ex) {
			throw new UnreadablePhotoException("photo.damaged", ex);
		}
		finally {
			this.decoders.release();
		}
	}

	private void waitForTurn() throws UnreadablePhotoException {
		try {
			if (this.decoders.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new UnreadablePhotoException("photo.busy");
	}

	private Photo edit(String username, ImageReader reader, MeteredInput stream, byte[] file)
			throws IOException, UnreadablePhotoException {
		String format = reader.getFormatName().toLowerCase(Locale.ROOT);
		switch (format) {
			case JPEG, "jpg" -> JpegMarkers.check(file);
			case "gif" -> GifBlocks.check(file);
			case WEBP -> {
				WebpChunks chunks = new WebpChunks(file);
				reader.setInput(stream, false, true);
				checkSize(reader, WebpChunks.MAX_PIXELS, "photo.pixels.webp");
				stream.limit(chunks.losslessStart(), chunks.losslessEnd(),
						LOSSLESS_TABLES + LOSSLESS_PIXEL * pixels(reader), this.limit);
			}
			case "png" -> {
			}
			default -> throw new UnreadablePhotoException("photo.format");
		}
		boolean fromJpeg = format.startsWith("jp");
		// only that of a JPEG is of use, for its orientation; the texts of a PNG are
		// compressed and can be a thousand times as large as the file
		reader.setInput(stream, false, !fromJpeg);
		checkSize(reader, MAX_PIXELS, "photo.pixels");
		BufferedImage image = read(reader, Math.max(reader.getWidth(0), reader.getHeight(0)));
		if (fromJpeg) {
			image = upright(reader, image);
		}
		boolean jpeg = fromJpeg || (format.equals(WEBP) && !image.getColorModel().hasAlpha());
		String target = jpeg ? JPEG : "png";
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		double scale = Math.min(1, (double) MAX_SIDE / Math.max(image.getWidth(), image.getHeight()));
		// not the type of the image: scaled within a GIF's small palette it would lose
		// its colours
		int type = jpeg ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
		Thumbnails.of(image).scale(scale).imageType(type).outputFormat(target).toOutputStream(content);
		return new Photo(username, "image/" + target, content.toByteArray());
	}

	private static void checkSize(ImageReader reader, long maxPixels, String code)
			throws IOException, UnreadablePhotoException {
		if (pixels(reader) > maxPixels || Math.max(reader.getWidth(0), reader.getHeight(0)) > MAX_UPLOADED_SIDE) {
			throw new UnreadablePhotoException(code);
		}
	}

	private static long pixels(ImageReader reader) throws IOException {
		return (long) reader.getWidth(0) * reader.getHeight(0);
	}

	/**
	 * Reads a large picture with only as many pixels as scaling it down well needs, so
	 * that memory does not grow with what was uploaded.
	 */
	private BufferedImage read(ImageReader reader, int side) throws IOException, UnreadablePhotoException {
		int step = Math.max(1, side / (2 * MAX_SIDE));
		ImageReadParam param = reader.getDefaultReadParam();
		param.setSourceSubsampling(step, step, 0, 0);
		ReadDeadline deadline = new ReadDeadline(this.limit);
		reader.addIIOReadProgressListener(deadline);
		BufferedImage image = reader.read(0, param);
		if (deadline.isMissed()) {
			throw new UnreadablePhotoException("photo.slow");
		}
		return image;
	}

	private static BufferedImage upright(ImageReader reader, BufferedImage image) throws IOException {
		Orientation orientation = ExifUtils.getExifOrientation(reader, 0);
		return (orientation != null) ? ExifFilterUtils.getFilterForOrientation(orientation).apply(image) : image;
	}

}

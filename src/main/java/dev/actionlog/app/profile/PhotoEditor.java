package dev.actionlog.app.profile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

import org.springframework.stereotype.Component;

/**
 * Makes a small photo without metadata from an uploaded file.
 */
@Component
class PhotoEditor {

	/** The longest side of a photo, in pixels. */
	static final int MAX_SIDE = 512;

	/** The most pixels that an uploaded photo can have. */
	static final long MAX_PIXELS = 50_000_000;

	PhotoEditor() {
		// uploads are small enough for memory, and no temporary file is left behind
		ImageIO.setUseCache(false);
	}

	/**
	 * Decodes, turns upright, scales down and encodes again.
	 * @param username the owner
	 * @param file a JPEG, PNG or GIF; of an animation the first picture is taken
	 * @return a JPEG made from a JPEG, else a PNG
	 * @throws UnreadablePhotoException if the file is no such picture, is damaged, or has
	 * more than {@value #MAX_PIXELS} pixels
	 */
	Photo edit(String username, byte[] file) throws UnreadablePhotoException {
		try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
			Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
			if (!readers.hasNext()) {
				throw new UnreadablePhotoException("photo.format");
			}
			ImageReader reader = readers.next();
			try {
				reader.setInput(stream);
				return edit(username, reader, reader.getFormatName().toLowerCase(Locale.ROOT));
			}
			finally {
				reader.dispose();
			}
		}
		// readers throw all kinds of exceptions at damaged files
		catch (IOException | RuntimeException ex) {
			throw new UnreadablePhotoException("photo.damaged", ex);
		}
	}

	private static Photo edit(String username, ImageReader reader, String format)
			throws IOException, UnreadablePhotoException {
		String target = switch (format) {
			case "jpeg", "jpg" -> "jpeg";
			case "png", "gif" -> "png";
			default -> throw new UnreadablePhotoException("photo.format");
		};
		int width = reader.getWidth(0);
		int height = reader.getHeight(0);
		if ((long) width * height > MAX_PIXELS) {
			throw new UnreadablePhotoException("photo.pixels");
		}
		BufferedImage image = read(reader, Math.max(width, height));
		if (target.equals("jpeg")) {
			image = upright(reader, image);
		}
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		double scale = Math.min(1, (double) MAX_SIDE / Math.max(image.getWidth(), image.getHeight()));
		// not the type of the image: scaled within a GIF's small palette it would lose
		// its colours
		int type = target.equals("jpeg") ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
		Thumbnails.of(image).scale(scale).imageType(type).outputFormat(target).toOutputStream(content);
		return new Photo(username, "image/" + target, content.toByteArray());
	}

	/**
	 * Reads a large picture with only as many pixels as scaling it down well needs, so
	 * that memory does not grow with what was uploaded.
	 */
	private static BufferedImage read(ImageReader reader, int side) throws IOException {
		int step = Math.max(1, side / (2 * MAX_SIDE));
		ImageReadParam param = reader.getDefaultReadParam();
		param.setSourceSubsampling(step, step, 0, 0);
		return reader.read(0, param);
	}

	private static BufferedImage upright(ImageReader reader, BufferedImage image) throws IOException {
		Orientation orientation = ExifUtils.getExifOrientation(reader, 0);
		return (orientation != null) ? ExifFilterUtils.getFilterForOrientation(orientation).apply(image) : image;
	}

}

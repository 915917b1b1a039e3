package dev.actionlog.testing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Pictures to upload, whose left half is red and whose right half is blue.
 */
public final class Pictures {

	/** What the metadata of {@link #turnedJpeg} says. */
	public static final String SECRET = "taken at home";

	/** What Chromium makes of such a picture of 40 by 20 pixels as a lossy WebP. */
	private static final String LOSSY = """
			0AQAnQEqKAAUAD5tLJJFpCKhmAQAQAbEoAdgD8IOECGAfgBXf+4AAXvMGf2qMmAA/vCbQ//+QXZts5n//+QH/ID/kB/4/p8rB/oM\
			xubn8gOsn5xj//ID38/4AlgtacyDUbImldOMdHgAAA==""";

	/** The transparency of a lossy WebP whose right half can be seen through. */
	private static final String TRANSPARENCY = "AQ/wwP+IiCAQIPzXOjAgIKL/AdYe";

	/** The same as a lossless WebP. */
	private static final String LOSSLESS = "LyfABBAPEPO///8DDAcE2TY1uD/tBA4Q0f+o8Q4=";

	private static final int WEBP_WIDTH = 40;

	private static final int WEBP_HEIGHT = 20;

	private Pictures() {
	}

	/**
	 * A JPEG.
	 * @param width in pixels
	 * @param height in pixels
	 * @return the file
	 */
	public static byte[] jpeg(int width, int height) {
		return file("jpeg", paint(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)));
	}

	/**
	 * A PNG.
	 * @param width in pixels
	 * @param height in pixels
	 * @return the file
	 */
	public static byte[] png(int width, int height) {
		return file("png", paint(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB)));
	}

	/**
	 * A GIF with a palette of two colours, red and blue.
	 * @param width in pixels
	 * @param height in pixels
	 * @return the file
	 */
	public static byte[] gif(int width, int height) {
		IndexColorModel palette = new IndexColorModel(1, 2, new byte[] { (byte) 255, 0 }, new byte[2],
				new byte[] { 0, (byte) 255 });
		return file("gif", paint(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, palette)));
	}

	/**
	 * A BMP, which the application does not accept.
	 * @return the file
	 */
	public static byte[] bmp() {
		return file("bmp", paint(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB)));
	}

	/**
	 * A JPEG as a phone takes it: turned, with its orientation in the metadata.
	 * @param width in pixels
	 * @param height in pixels
	 * @param orientation the EXIF orientation, 1 to 8
	 * @return the file
	 */
	public static byte[] turnedJpeg(int width, int height, int orientation) {
		byte[] secret = (SECRET + "\0").getBytes(StandardCharsets.US_ASCII);
		ByteBuffer exif = ByteBuffer.allocate(44 + secret.length);
		exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 2);
		// the description, behind the directory, and the orientation
		exif.putShort((short) 0x010E).putShort((short) 2).putInt(secret.length).putInt(38);
		exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0);
		exif.putInt(0).put(secret);
		byte[] jpeg = jpeg(width, height);
		ByteBuffer turned = ByteBuffer.allocate(jpeg.length + 4 + exif.capacity());
		// inserted behind the start of the image
		turned.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (2 + exif.capacity())).put(exif.array());
		return turned.put(jpeg, 2, jpeg.length - 2).array();
	}

	/**
	 * A small file of a large black picture.
	 * @param side the picture's width and height in pixels
	 * @return a PNG
	 */
	public static byte[] bomb(int side) {
		return bomb(side, side);
	}

	/**
	 * A small file of a large black picture.
	 * @param width in pixels
	 * @param height in pixels
	 * @return a PNG
	 */
	public static byte[] bomb(int width, int height) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.writeBytes(new byte[] { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' });
		chunk(file, "IHDR",
				ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] { 1, 0, 0, 0, 0 }).array());
		chunk(file, "IDAT", zeros(1 + (width + 7) / 8, height));
		chunk(file, "IEND", new byte[0]);
		return file.toByteArray();
	}

	private static byte[] zeros(int size, int times) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
			byte[] zeros = new byte[size];
			for (int i = 0; i < times; i++) {
				deflater.write(zeros);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	/**
	 * A PNG with compressed texts, among them one in Unicode.
	 * @param palette whether the picture has a palette
	 * @param megabytes how large the texts are together when they are inflated
	 * @return the file
	 */
	public static byte[] pngWithTexts(boolean palette, int megabytes) {
		BufferedImage image = new BufferedImage(40, 20,
				palette ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_INT_RGB);
		byte[] png = file("png", paint(image));
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		// behind the signature and the header
		file.write(png, 0, 33);
		byte[] text = zeros(1024, 10 * 1024);
		for (int i = 0; i < megabytes; i += 20) {
			chunk(file, "zTXt", concat("Comment\0\0".getBytes(StandardCharsets.US_ASCII), text));
			chunk(file, "iTXt", concat("Comment\0\1\0\0\0".getBytes(StandardCharsets.US_ASCII), text));
		}
		file.write(png, 33, png.length - 33);
		return file.toByteArray();
	}

	/**
	 * A GIF with a long comment.
	 * @param blocks of how many blocks of 255 bytes
	 * @return the file
	 */
	public static byte[] gifWithComment(int blocks) {
		byte[] gif = gif(40, 20);
		// behind the header and the palette of two colours
		int end = 13 + 3 * 2;
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.write(gif, 0, end);
		file.writeBytes(new byte[] { 0x21, (byte) 0xFE });
		byte[] block = new byte[256];
		block[0] = (byte) 255;
		for (int i = 0; i < blocks; i++) {
			file.writeBytes(block);
		}
		file.write(0);
		file.write(gif, end, gif.length - end);
		return file.toByteArray();
	}

	/**
	 * A progressive JPEG.
	 * @param width in pixels
	 * @param height in pixels
	 * @return the file
	 */
	public static byte[] progressiveJpeg(int width, int height) {
		ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (ImageOutputStream stream = ImageIO.createImageOutputStream(file)) {
			ImageWriteParam param = writer.getDefaultWriteParam();
			param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
			writer.setOutput(stream);
			writer.write(null,
					new IIOImage(paint(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)), null, null),
					param);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			writer.dispose();
		}
		return file.toByteArray();
	}

	/**
	 * Repeats what is between the last segment of a type and the end of a JPEG.
	 * @param jpeg the file
	 * @param marker the marker of the segment
	 * @param times how often it is added
	 * @return the file with the additions
	 */
	public static byte[] repeat(byte[] jpeg, int marker, int times) {
		int end = jpeg.length - 2;
		int start = end - 2;
		while (jpeg[start] != (byte) 0xFF || jpeg[start + 1] != (byte) marker) {
			start--;
		}
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.write(jpeg, 0, end);
		for (int i = 0; i < times; i++) {
			file.write(jpeg, start, end - start);
		}
		file.write(jpeg, end, 2);
		return file.toByteArray();
	}

	/**
	 * Adds empty comments to a JPEG.
	 * @param jpeg the file
	 * @param comments how many
	 * @return the file with the comments
	 */
	public static byte[] comment(byte[] jpeg, int comments) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.write(jpeg, 0, 2);
		for (int i = 0; i < comments; i++) {
			file.writeBytes(new byte[] { (byte) 0xFF, (byte) 0xFE, 0, 2 });
		}
		file.write(jpeg, 2, jpeg.length - 2);
		return file.toByteArray();
	}

	/**
	 * A lossy WebP of 40 by 20 pixels.
	 * @return the file
	 */
	public static byte[] webp() {
		return riff(part("VP8 ", bytes(LOSSY)));
	}

	/**
	 * A WebP of 40 by 20 pixels, whose right half can be seen through.
	 * @param lossless whether it is lossless
	 * @return the file
	 */
	public static byte[] transparentWebp(boolean lossless) {
		byte[] head = part("VP8X", canvas(0x10, WEBP_WIDTH, WEBP_HEIGHT));
		return lossless ? riff(head, part("VP8L", bytes(LOSSLESS)))
				: riff(head, part("ALPH", bytes(TRANSPARENCY)), part("VP8 ", bytes(LOSSY)));
	}

	/**
	 * An animated WebP.
	 * @return the file
	 */
	public static byte[] animatedWebp() {
		byte[] place = new byte[16];
		place[6] = WEBP_WIDTH - 1;
		place[9] = WEBP_HEIGHT - 1;
		byte[] frame = part("ANMF", concat(place, part("VP8 ", bytes(LOSSY))));
		return riff(part("VP8X", canvas(0x02, WEBP_WIDTH, WEBP_HEIGHT)), part("ANIM", new byte[6]), frame, frame);
	}

	/**
	 * A small WebP that says that it is large.
	 * @param width in pixels
	 * @param height in pixels
	 * @return a lossy WebP
	 */
	public static byte[] webpBomb(int width, int height) {
		return riff(part("VP8 ", resized(width, height)));
	}

	/**
	 * A WebP that says that it is small, with a picture that is larger.
	 * @param width in pixels
	 * @param height in pixels
	 * @return a lossy WebP
	 */
	public static byte[] webpThatHidesItsSize(int width, int height) {
		return riff(part("VP8X", canvas(0, WEBP_WIDTH, WEBP_HEIGHT)), part("VP8 ", resized(width, height)));
	}

	/**
	 * A WebP with the same picture several times.
	 * @param times how often
	 * @return a lossless WebP
	 */
	public static byte[] webpOfPictures(int times) {
		byte[][] parts = new byte[1 + times][];
		Arrays.fill(parts, part("VP8L", bytes(LOSSLESS)));
		parts[0] = part("VP8X", canvas(0x10, WEBP_WIDTH, WEBP_HEIGHT));
		return riff(parts);
	}

	/**
	 * A WebP with as many codes as there can be, each of a few bits, for which a reader
	 * makes tables.
	 * @param width in pixels
	 * @param height in pixels
	 * @param alpha whether they are in the transparency of a lossy WebP
	 * @return a WebP of one colour
	 */
	public static byte[] webpOfCodes(int width, int height, boolean alpha) {
		int groups = 1 << 16;
		BitSet bits = new BitSet();
		int at = 0;
		if (!alpha) {
			at = write(bits, at, 0x2F, 8);
			at = write(bits, at, width - 1, 14);
			at = write(bits, at, height - 1, 14);
			at += 4;
		}
		// neither a transformation nor a cache, but a picture of the numbers of codes
		at += 2;
		at = write(bits, at, 0b111_1, 4);
		at++;
		// with the largest number everywhere: one of 8 bits in green and in red
		at = write(bits, at, 0xFF << 3 | 0b101, 11);
		at = write(bits, at, 0xFF << 3 | 0b101, 11);
		for (int code = 0; code < 3 + 5 * groups; code++) {
			at = write(bits, at, 1, 4);
		}
		byte[] data = Arrays.copyOf(bits.toByteArray(), at / 8 + 16);
		if (!alpha) {
			return riff(part("VP8L", data));
		}
		return riff(part("VP8X", canvas(0x10, width, height)), part("ALPH", concat(new byte[] { 1 }, data)),
				part("VP8 ", resized(width, height)));
	}

	private static int write(BitSet bits, int at, int value, int count) {
		for (int i = 0; i < count; i++) {
			bits.set(at + i, (value >> i & 1) != 0);
		}
		return at + count;
	}

	private static byte[] resized(int width, int height) {
		byte[] picture = bytes(LOSSY);
		ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) width).putShort(8, (short) height);
		return picture;
	}

	private static byte[] canvas(int flags, int width, int height) {
		ByteBuffer canvas = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
		canvas.putInt(0, flags).putInt(4, width - 1).putInt(7, height - 1);
		return Arrays.copyOf(canvas.array(), 10);
	}

	private static byte[] riff(byte[]... parts) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
		for (byte[] part : parts) {
			file.writeBytes(part);
		}
		return part("RIFF", file.toByteArray());
	}

	private static byte[] part(String type, byte[] data) {
		return ByteBuffer.allocate(8 + data.length + data.length % 2)
			.order(ByteOrder.LITTLE_ENDIAN)
			.put(type.getBytes(StandardCharsets.US_ASCII))
			.putInt(data.length)
			.put(data)
			.array();
	}

	private static byte[] bytes(String encoded) {
		return Base64.getDecoder().decode(encoded);
	}

	private static byte[] concat(byte[] first, byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

	private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
		byte[] named = ByteBuffer.allocate(4 + data.length)
			.put(type.getBytes(StandardCharsets.US_ASCII))
			.put(data)
			.array();
		CRC32 crc = new CRC32();
		crc.update(named);
		file.writeBytes(ByteBuffer.allocate(8 + named.length)
			.putInt(data.length)
			.put(named)
			.putInt((int) crc.getValue())
			.array());
	}

	private static BufferedImage paint(BufferedImage image) {
		Graphics2D graphics = image.createGraphics();
		graphics.setColor(Color.RED);
		graphics.fillRect(0, 0, image.getWidth() / 2, image.getHeight());
		graphics.setColor(Color.BLUE);
		graphics.fillRect(image.getWidth() / 2, 0, image.getWidth(), image.getHeight());
		graphics.dispose();
		return image;
	}

	private static byte[] file(String format, BufferedImage image) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, format, file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return file.toByteArray();
	}

	/**
	 * Reads a picture.
	 * @param file a JPEG, PNG or GIF
	 * @return the picture
	 */
	public static BufferedImage read(byte[] file) {
		try {
			return ImageIO.read(new ByteArrayInputStream(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

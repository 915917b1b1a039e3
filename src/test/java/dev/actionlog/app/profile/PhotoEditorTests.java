package dev.actionlog.app.profile;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import dev.actionlog.testing.Pictures;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PhotoEditor}.
 */
class PhotoEditorTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final Color RED = Color.RED;

	private static final Color BLUE = Color.BLUE;

	private final PhotoEditor editor = new PhotoEditor();

	@Test
	void makesAJpegOfAJpegAndAPngOfOthers() throws UnreadablePhotoException {
		assertThat(edit(Pictures.jpeg(40, 20)).getMediaType()).isEqualTo("image/jpeg");
		assertThat(edit(Pictures.png(40, 20)).getMediaType()).isEqualTo("image/png");
		assertThat(edit(Pictures.gif(40, 20)).getMediaType()).isEqualTo("image/png");
		assertThat(edit(Pictures.jpeg(40, 20)).getUsername()).isEqualTo("ann");
	}

	@ParameterizedTest
	@CsvSource({ "2000, 1000, 512, 256", "300, 3000, 51, 512", "513, 513, 512, 512", "512, 100, 512, 100", "3, 2, 3, 2",
			"5000, 2, 512, 1" })
	void scalesDownToTheLongestSideAndNeverUp(int width, int height, int newWidth, int newHeight)
			throws UnreadablePhotoException {
		for (byte[] file : new byte[][] { Pictures.jpeg(width, height), Pictures.png(width, height),
				Pictures.gif(width, height) }) {
			BufferedImage image = Pictures.read(edit(file).getContent());
			assertThat(image.getWidth()).isEqualTo(newWidth);
			assertThat(image.getHeight()).isEqualTo(newHeight);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, false, true", "2, false, false", "3, false, false", "4, false, true", "5, true, true",
			"6, true, true", "7, true, false", "8, true, false" })
	void turnsUpright(int orientation, boolean standing, boolean redFirst) throws UnreadablePhotoException {
		BufferedImage image = Pictures.read(edit(Pictures.turnedJpeg(1200, 600, orientation)).getContent());
		assertThat(image.getWidth()).isEqualTo(standing ? 256 : 512);
		assertThat(image.getHeight()).isEqualTo(standing ? 512 : 256);
		assertColour(image, 10, 10, redFirst ? RED : BLUE);
		assertColour(image, image.getWidth() - 10, image.getHeight() - 10, redFirst ? BLUE : RED);
	}

	@Test
	void leavesTheMetadataBehind() throws UnreadablePhotoException {
		byte[] file = Pictures.turnedJpeg(40, 20, 1);
		assertThat(ascii(file)).contains("Exif", Pictures.SECRET);
		assertThat(ascii(edit(file).getContent())).doesNotContain("Exif", Pictures.SECRET);
	}

	@ParameterizedTest
	@CsvSource({ "40", "2000" })
	void aPaletteKeepsItsColours(int width) throws UnreadablePhotoException {
		BufferedImage image = Pictures.read(edit(Pictures.gif(width, 20)).getContent());
		assertColour(image, 1, 1, RED);
		assertColour(image, image.getWidth() - 2, 1, BLUE);
	}

	@Test
	void keepsTransparency() throws UnreadablePhotoException {
		BufferedImage image = Pictures.read(edit(Pictures.png(40, 20)).getContent());
		assertThat(image.getColorModel().hasAlpha()).isTrue();
	}

	@Test
	void refusesWhatIsNoPictureOfAKnownFormat() {
		assertRefused("just text".getBytes(StandardCharsets.US_ASCII), "photo.format");
		assertRefused("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.US_ASCII),
				"photo.format");
		assertRefused(Pictures.bmp(), "photo.format");
	}

	@Test
	void refusesTooManyPixelsBeforeReadingThem() {
		assertRefused(Pictures.bomb(30_000), "photo.pixels");
		assertRefused(Pictures.bomb(7_072), "photo.pixels");
	}

	@Test
	void takesJustFewEnoughPixels() throws UnreadablePhotoException {
		assertThat(Pictures.read(edit(Pictures.bomb(7_071)).getContent()).getWidth()).isEqualTo(512);
	}

	@Test
	void refusesDamagedFiles() {
		byte[] png = Pictures.png(400, 200);
		assertRefused(Arrays.copyOf(png, png.length / 2), "photo.damaged");
		byte[] gif = Pictures.gif(400, 200);
		assertRefused(Arrays.copyOf(gif, 12), "photo.damaged");
		assertRefused(Arrays.copyOf(gif, gif.length / 2), "photo.damaged");
		byte[] jpeg = Pictures.jpeg(400, 200);
		assertRefused(Arrays.copyOf(jpeg, 100), "photo.damaged");
	}

	@Test
	void refusesAJpegWithoutItsEnd() {
		for (byte[] jpeg : new byte[][] { Pictures.jpeg(400, 200), Pictures.progressiveJpeg(400, 200) }) {
			assertRefused(Arrays.copyOf(jpeg, jpeg.length / 3), "photo.damaged");
			assertRefused(Arrays.copyOf(jpeg, jpeg.length * 2 / 3), "photo.damaged");
			assertRefused(Arrays.copyOf(jpeg, jpeg.length - 2), "photo.damaged");
		}
	}

	@Test
	void readsAProgressiveJpeg() throws UnreadablePhotoException {
		BufferedImage image = Pictures.read(edit(Pictures.progressiveJpeg(1200, 600)).getContent());
		assertColour(image, 10, 10, RED);
		assertColour(image, 500, 250, BLUE);
	}

	@Test
	void refusesAJpegWithTooManyPasses() {
		byte[] jpeg = Pictures.progressiveJpeg(400, 200);
		assertRefused(Pictures.repeat(jpeg, 0xDA, JpegMarkers.MAX_SCANS), "photo.damaged");
	}

	@Test
	void refusesAJpegWithTooManySegments() throws UnreadablePhotoException {
		byte[] jpeg = Pictures.jpeg(40, 20);
		assertThat(edit(Pictures.comment(jpeg, JpegMarkers.MAX_SEGMENTS - 100)).getMediaType()).isEqualTo("image/jpeg");
		assertRefused(Pictures.comment(jpeg, JpegMarkers.MAX_SEGMENTS), "photo.damaged");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inflatesNoTextsOfAPng(boolean palette) {
		byte[] png = Pictures.pngWithTexts(palette, 100);
		assertThat(memory(() -> edit(png))).isLessThan(20 * MEGABYTE);
	}

	@Test
	void collectsNoLongCommentOfAGif() throws UnreadablePhotoException {
		assertThat(edit(Pictures.gifWithComment(100)).getMediaType()).isEqualTo("image/png");
		byte[] gif = Pictures.gifWithComment(2048);
		assertThat(memory(() -> assertRefused(gif, "photo.damaged"))).isLessThan(20 * MEGABYTE);
	}

	@Test
	void refusesRowsThatDoNotFitIntoMemory() {
		byte[] png = Pictures.bomb(40_000_000, 1);
		assertThat(memory(() -> assertRefused(png, "photo.pixels"))).isLessThan(20 * MEGABYTE);
	}

	@Test
	void decodesNoJpegThatNeedsAllPixelsInMemory() {
		byte[] jpeg = Pictures.jpeg(16, 16);
		for (int i = 0; i < jpeg.length; i++) {
			if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
				// a lossless frame of 7,000 lines and columns
				ByteBuffer.wrap(jpeg)
					.put(i + 1, (byte) 0xC3)
					.putShort(i + 5, (short) 7000)
					.putShort(i + 7, (short) 7000);
			}
		}
		assertThat(memory(() -> assertRefused(jpeg, "photo.damaged"))).isLessThan(20 * MEGABYTE);
	}

	@Test
	void givesUpWhenTheTimeIsOver() {
		PhotoEditor impatient = new PhotoEditor(1, Duration.ZERO, Duration.ZERO);
		for (byte[] file : new byte[][] { Pictures.jpeg(40, 20), Pictures.progressiveJpeg(40, 20), Pictures.png(40, 20),
				Pictures.gif(40, 20), Pictures.webp(), Pictures.transparentWebp(true),
				Pictures.transparentWebp(false) }) {
			assertRefused(impatient, file, "photo.slow");
		}
	}

	@Test
	void refusesAPhotoWhileTooManyOthersAreDecoded() {
		assertRefused(new PhotoEditor(0, Duration.ZERO, Duration.ofMinutes(1)), Pictures.jpeg(40, 20), "photo.busy");
	}

	@Test
	void aRefusedPhotoKeepsNobodyWaiting() throws UnreadablePhotoException {
		PhotoEditor one = new PhotoEditor(1, Duration.ZERO, Duration.ofMinutes(1));
		assertRefused(one, new byte[100], "photo.format");
		assertRefused(one, Pictures.bomb(30_000), "photo.pixels");
		assertThat(one.edit("ann", Pictures.jpeg(40, 20)).getMediaType()).isEqualTo("image/jpeg");
	}

	@Test
	void makesAJpegOfAWebpAndAPngWhereItIsTransparent() throws UnreadablePhotoException {
		Photo photo = edit(Pictures.webp());
		assertThat(photo.getMediaType()).isEqualTo("image/jpeg");
		BufferedImage image = Pictures.read(photo.getContent());
		assertThat(image.getWidth()).isEqualTo(40);
		assertThat(image.getHeight()).isEqualTo(20);
		assertColour(image, 5, 10, RED);
		assertColour(image, 35, 10, BLUE);
		for (boolean lossless : new boolean[] { true, false }) {
			photo = edit(Pictures.transparentWebp(lossless));
			assertThat(photo.getMediaType()).isEqualTo("image/png");
			image = Pictures.read(photo.getContent());
			assertColour(image, 5, 10, RED);
			assertThat(image.getRGB(5, 10) >>> 24).isEqualTo(255);
			assertThat(image.getRGB(35, 10) >>> 24).isBetween(120, 136);
		}
	}

	@Test
	void takesTheFirstPictureOfAnAnimatedWebp() throws UnreadablePhotoException {
		assertColour(Pictures.read(edit(Pictures.animatedWebp()).getContent()), 5, 10, RED);
	}

	@Test
	void refusesAWebpWithoutItsEnd() {
		for (byte[] webp : new byte[][] { Pictures.webp(), Pictures.transparentWebp(true),
				Pictures.transparentWebp(false), Pictures.animatedWebp() }) {
			for (int length = 16; length < webp.length; length++) {
				assertRefused(Arrays.copyOf(webp, length), "photo.damaged");
			}
		}
	}

	@Test
	void refusesAWebpWithTooManyPixelsBeforeReadingThem() {
		for (byte[] webp : new byte[][] { Pictures.webpBomb(4001, 4000), Pictures.webpBomb(16_383, 16_383),
				Pictures.webpThatHidesItsSize(16_383, 16_383) }) {
			assertThat(memory(() -> assertRefused(webp, "photo.pixels.webp"))).isLessThan(20 * MEGABYTE);
		}
	}

	@Test
	void refusesAWebpOfSeveralPictures() throws UnreadablePhotoException {
		assertThat(edit(Pictures.webpOfPictures(1)).getMediaType()).isEqualTo("image/png");
		assertRefused(Pictures.webpOfPictures(2), "photo.damaged");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void makesNoTablesForCodesThatAWebpDoesNotUse(boolean alpha) {
		byte[] webp = Pictures.webpOfCodes(40, 20, alpha);
		assertThat(memory(() -> assertRefused(webp, "photo.damaged"))).isLessThan(20 * MEGABYTE);
	}

	@Test
	void damageInAWebpIsAnErrorAtWorst() {
		Random random = new Random(1);
		for (byte[] webp : new byte[][] { Pictures.webp(), Pictures.transparentWebp(true),
				Pictures.transparentWebp(false), Pictures.animatedWebp() }) {
			for (int i = 0; i < 500; i++) {
				byte[] damaged = webp.clone();
				for (int j = random.nextInt(8); j >= 0; j--) {
					// behind what says that it is a WebP
					damaged[16 + random.nextInt(webp.length - 16)] = (byte) random.nextInt();
				}
				assertThat(memory(() -> editOrRefuse(damaged))).isLessThan(200 * MEGABYTE);
			}
		}
	}

	private void editOrRefuse(byte[] file) {
		try {
			edit(file);
		}
		catch (UnreadablePhotoException ex) {
			assertThat(ex.getCode()).startsWith("photo.");
		}
	}

	private Photo edit(byte[] file) throws UnreadablePhotoException {
		return this.editor.edit("ann", file);
	}

	/**
	 * How many bytes this thread allocates for some work.
	 */
	private static long memory(ThrowingCallable work) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		assertThatCode(work).doesNotThrowAnyException();
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

	private void assertRefused(byte[] file, String code) {
		assertRefused(this.editor, file, code);
	}

	private static void assertRefused(PhotoEditor editor, byte[] file, String code) {
		assertThatExceptionOfType(UnreadablePhotoException.class).isThrownBy(() -> editor.edit("ann", file))
			.extracting(UnreadablePhotoException::getCode)
			.isEqualTo(code);
	}

	private static void assertColour(BufferedImage image, int x, int y, Color expected) {
		Color actual = new Color(image.getRGB(x, y));
		// JPEG does not give back exactly the same
		assertThat(Math.abs(actual.getRed() - expected.getRed())).as("red of %s", actual).isLessThan(20);
		assertThat(Math.abs(actual.getGreen() - expected.getGreen())).as("green of %s", actual).isLessThan(20);
		assertThat(Math.abs(actual.getBlue() - expected.getBlue())).as("blue of %s", actual).isLessThan(20);
	}

	private static String ascii(byte[] file) {
		return new String(file, StandardCharsets.ISO_8859_1);
	}

}

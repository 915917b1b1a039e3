package dev.actionlog.app.profile;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.actionlog.testing.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PhotoEditor}.
 */
class PhotoEditorTests {

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
		byte[] jpeg = Pictures.jpeg(400, 200);
		assertRefused(Arrays.copyOf(jpeg, 100), "photo.damaged");
	}

	private Photo edit(byte[] file) throws UnreadablePhotoException {
		return this.editor.edit("ann", file);
	}

	private void assertRefused(byte[] file, String code) {
		assertThatExceptionOfType(UnreadablePhotoException.class).isThrownBy(() -> edit(file))
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

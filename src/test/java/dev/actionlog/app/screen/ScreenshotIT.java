package dev.actionlog.app.screen;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

import javax.imageio.ImageIO;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.text.Text;
import dev.actionlog.testing.SetClock;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Maker of the screenshots of the README, in the folder that the system property
 * {@code screenshots} names.
 */
@NullUnmarked
class ScreenshotIT extends BrowserIT {

	private static final Path FOLDER = Path.of(System.getProperty("screenshots", "target/screenshots"));

	@ParameterizedTest
	@CsvSource({ "desktop, LIGHT, 1280, 860", "desktop, DARK, 1280, 860", "phone, LIGHT, 390, 844",
			"phone, DARK, 390, 844" })
	void takesScreenshotsOfTheProfile(String screen, ColorScheme colours, int width, int height) throws IOException {
		Page page = open(new Browser.NewContextOptions().setLocale("en")
			.setTimezoneId("Europe/Lisbon")
			.setColorScheme(colours)
			.setViewportSize(width, height));
		String name = signUp(page);
		page.navigate("/profile/edit");
		page.setInputFiles("#photo", new FilePayload("sunset.png", "image/png", sunset()));
		page.click("text='Add photo'");
		page.waitForSelector("img[alt='Your photo']");
		rename(page, "Ann Almeida");

		ActionService actions = bean(ActionService.class);
		actions.keepNewestFor(name, 0);
		at("2026-11-16T19:20:31Z").recordFor(name, "signed.up");
		at("2026-11-20T08:14:40Z").recordFor(name, "name.changed", "Ann Almeida");
		at("2026-11-20T08:15:02Z").recordFor(name, "password.changed");
		at("2026-11-21T14:11:17Z").recordFor(name, "time-zone.changed", "UTC", "Europe/Lisbon");
		at("2026-11-21T14:52:50Z").recordFor(name, "photo.changed");
		at("2026-11-21T14:54:12Z").recordFor(name, "photo.changed");
		at("2026-11-21T15:03:50Z").recordFor(name, "passkey.added", "Laptop");
		leave(page);
		FlashSender sender = bean(FlashSender.class);
		sender.send(name, FlashLevel.SUCCESS, "passkey.added", "Laptop");
		sender.send(name, FlashLevel.SUCCESS, Text.of("export.ready").link("/settings/export"));

		at("2026-11-21T15:04:00Z");
		page.clock().setFixedTime("2026-11-21T15:04:00Z");
		page.navigate("/profile");
		page.waitForLoadState();
		String file = "profile-" + screen + "-" + colours.name().toLowerCase(java.util.Locale.ROOT) + ".png";
		page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file)));
		BufferedImage picture = ImageIO.read(FOLDER.resolve(file).toFile());
		assertThat(picture.getWidth()).isEqualTo(width);
		assertThat(picture.getHeight()).isEqualTo(height);
		assertThat(messages(page)).hasSize(2);
		assertThat(actions(page)).hasSize(6);
	}

	private static ActionService at(String time) {
		bean(SetClock.class).set(Instant.parse(time));
		return bean(ActionService.class);
	}

	private static byte[] sunset() throws IOException {
		BufferedImage picture = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
		Graphics2D canvas = picture.createGraphics();
		canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		canvas.setPaint(new GradientPaint(0, 0, new Color(0x3a5a98), 0, 260, new Color(0xffb37a)));
		canvas.fillRect(0, 0, 400, 400);
		canvas.setColor(new Color(0xfff1c9));
		canvas.fill(new Ellipse2D.Double(150, 150, 100, 100));
		canvas.setColor(new Color(0x35506b));
		canvas.fill(new Ellipse2D.Double(-160, 230, 460, 340));
		canvas.setColor(new Color(0x22384f));
		canvas.fill(new Ellipse2D.Double(110, 260, 480, 320));
		canvas.dispose();
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		ImageIO.write(picture, "png", file);
		return file.toByteArray();
	}

}

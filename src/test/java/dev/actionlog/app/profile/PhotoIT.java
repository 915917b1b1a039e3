package dev.actionlog.app.profile;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for changing the photo, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class PhotoIT {

	private static final int MEGABYTE = 1024 * 1024;

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	PhotoIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void isShownAndRecorded() {
		assertThat(this.browser.get("/profile").text()).contains("<svg class=\"photo\"")
			.doesNotContain("src=\"/profile/photo");
		assertThat(this.browser.get("/profile/edit").text()).contains(">Add photo</button>")
			.doesNotContain("Remove photo");
		Answer answer = upload(Pictures.jpeg(1000, 500));
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/profile");
		Answer profile = this.browser.get("/profile");
		assertThat(profile.actions()).containsExactly("Photo changed", "Signed up");
		assertThat(profile.text()).contains("src=\"/profile/photo/file?v=", "alt=\"Your photo\"")
			.doesNotContain("<svg class=\"photo\"");
		assertThat(this.browser.get("/profile/edit").text()).contains(">Change photo</button>", "Remove photo");
		BufferedImage photo = Pictures.read(photo().body());
		assertThat(photo.getWidth()).isEqualTo(512);
		assertThat(photo.getHeight()).isEqualTo(256);
	}

	@Test
	void aRequestForJsonGetsNoPage() {
		this.browser.with("Accept", "application/json");
		Answer answer = upload(Pictures.jpeg(20, 10));
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.body()).isEmpty();
		answer = upload("this is text".getBytes(StandardCharsets.US_ASCII));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text())
			.isEqualTo("{\"photo\":\"This is not a JPEG, PNG, GIF or WebP. Choose another file.\"}");
		this.browser.with("Accept", "*/*");
		assertThat(upload(Pictures.jpeg(20, 10)).status()).isEqualTo(303);
		assertThat(this.browser.get("/profile").messages())
			.containsExactly("Your account has been created, " + this.name, "Photo changed", "Photo changed");
	}

	@Test
	void isServedAsWhatItIs() {
		upload(Pictures.jpeg(20, 10));
		assertThat(photo().header("Content-Type")).isEqualTo("image/jpeg");
		upload(Pictures.png(20, 10));
		assertThat(photo().header("Content-Type")).isEqualTo("image/png");
		upload(Pictures.gif(20, 10));
		assertThat(photo().header("Content-Type")).isEqualTo("image/png");
		upload(Pictures.webp());
		assertThat(photo().header("Content-Type")).isEqualTo("image/jpeg");
		upload(Pictures.transparentWebp(true));
		assertThat(photo().header("Content-Type")).isEqualTo("image/png");
		assertThat(photo().header("X-Content-Type-Options")).isEqualTo("nosniff");
	}

	@Test
	void isUprightAndHasNoMetadata() {
		upload(Pictures.turnedJpeg(40, 20, 6));
		assertThat(Pictures.read(photo().body()).getHeight()).isEqualTo(40);
		assertThat(new String(photo().body(), StandardCharsets.ISO_8859_1)).doesNotContain("Exif", Pictures.SECRET);
	}

	@Test
	void isNotStoredByTheBrowser() {
		upload(Pictures.jpeg(20, 10));
		Answer first = photo();
		assertThat(first.header("Cache-Control")).contains("no-store");
		assertThat(first.header("ETag")).isEmpty();
		String address = address();
		assertThat(this.browser.get(address).body()).isEqualTo(first.body());
		upload(Pictures.jpeg(30, 10));
		// not the picture that a browser has in its memory
		assertThat(address()).isNotEqualTo(address);
	}

	private String address() {
		return this.browser.get("/profile")
			.text()
			.replaceAll("(?s).* src=\"(/profile/photo/file\\?v=[^\"]+)\".*", "$1");
	}

	@Test
	void isRemovedAndTheRemovalRecordedOnce() {
		upload(Pictures.jpeg(20, 10));
		Answer answer = this.browser.post("/profile/photo/delete");
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/profile");
		assertThat(photo().status()).isEqualTo(404);
		assertThat(this.browser.post("/profile/photo/delete").status()).isEqualTo(303);
		assertThat(this.app.log(this.name)).containsExactly("photo.removed", "photo.changed", "signed.up");
		assertThat(rows()).isZero();
	}

	@Test
	void aRejectedFileIsAFieldErrorAndLeavesTheOldPhoto() {
		upload(Pictures.jpeg(20, 10));
		byte[] old = photo().body();
		byte[] png = Pictures.png(400, 200);
		assertRefused(upload("this is text".getBytes(StandardCharsets.US_ASCII)),
				"This is not a JPEG, PNG, GIF or WebP. Choose another file.");
		assertRefused(upload(new byte[0]), "Choose a file first.");
		assertRefused(this.browser.upload("/profile/photo", Map.of()), "Choose a file first.");
		assertRefused(this.browser.upload("/profile/photo", Map.of("picture", png)), "Choose a file first.");
		assertRefused(this.browser.upload("/profile/photo?photo=text", Map.of()), "Choose a file first.");
		assertRefused(this.browser.post("/profile/photo", "photo", "text"), "Choose a file first.");
		assertRefused(this.browser.post("/profile/photo"), "Choose a file first.");
		assertRefused(this.browser.post("/profile/photo", "photo", "text"), "Choose a file first.");
		assertRefused(upload(Arrays.copyOf(png, 5 * MEGABYTE + 1)),
				"This file is larger than 5 MB. Choose a smaller one.");
		assertRefused(upload(Pictures.bomb(30_000)),
				"This picture has too many pixels. Choose one of at most 50 megapixels.");
		assertRefused(upload(Pictures.webpBomb(4001, 4000)),
				"This WebP has too many pixels. Choose one of at most 16 megapixels, or a JPEG.");
		assertRefused(upload(Arrays.copyOf(png, png.length / 2)), "This picture cannot be read. Choose another file.");
		assertThat(photo().body()).isEqualTo(old);
		assertThat(this.app.log(this.name)).containsExactly("photo.changed", "signed.up");
	}

	@Test
	void aFileOfFiveMegabytesIsAccepted() {
		assertThat(upload(Arrays.copyOf(Pictures.jpeg(20, 10), 5 * MEGABYTE)).status()).isEqualTo(303);
	}

	@Test
	void aFileOfMoreThanTenMegabytesIsRefusedWithAPage() {
		upload(Pictures.jpeg(20, 10));
		Answer answer = upload(new byte[10 * MEGABYTE + 1]);
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.title()).isEqualTo("That was too large");
		assertThat(answer.text()).contains("href=\"/profile\"");
		assertThat(photo().status()).isEqualTo(200);
		assertThat(this.app.log(this.name)).containsExactly("photo.changed", "signed.up");
	}

	private Answer upload(byte[] file) {
		return this.browser.upload("/profile/photo", Map.of("photo", file));
	}

	private Answer photo() {
		return this.browser.get("/profile/photo/file");
	}

	private long rows() {
		return this.app.jdbc()
			.sql("select count(*) from photo where username = ?")
			.param(this.name)
			.query(Long.class)
			.single();
	}

	private static void assertRefused(Answer answer, String words) {
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.title()).isEqualTo("Edit profile");
		assertThat(answer.errors()).containsExactly(words);
	}

}

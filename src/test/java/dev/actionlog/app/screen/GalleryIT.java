package dev.actionlog.app.screen;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Maker of screenshots of all pages in all their states, for people to look at, in
 * {@code target/gallery}: light and dark, on three screens, in both languages, without
 * scripts, in forced colours and at double size.
 */
@NullUnmarked
class GalleryIT extends BrowserIT {

	private static final Path FOLDER = Path.of("target/gallery");

	/** What needs a script. */
	private static final Set<Place> SCRIPTED = Set.of(Place.ADDING_A_PASSKEY, Place.MESSAGES_BEHIND_THE_BELL,
			Place.EXPIRED_FORM);

	@BeforeEach
	void onlyWhereItIsNamed() {
		assumeThat(System.getProperty("it.test", "")).contains("GalleryIT");
	}

	@ParameterizedTest
	@EnumSource
	void isLight(Place place) {
		take(place, "light", context("en", 1280));
	}

	@ParameterizedTest
	@EnumSource
	void isDarkOnAPhone(Place place) {
		take(place, "dark-390-pt", context("pt-BR", 390).setColorScheme(ColorScheme.DARK));
	}

	@ParameterizedTest
	@EnumSource
	void fitsOnTheSmallestScreen(Place place) {
		take(place, "light-320-pt", context("pt-BR", 320));
	}

	@ParameterizedTest
	@EnumSource
	void needsNoScript(Place place) {
		if (!SCRIPTED.contains(place)) {
			take(place, "without-scripts-390", context("en", 390).setJavaScriptEnabled(false));
		}
	}

	@ParameterizedTest
	@EnumSource
	void takesForcedColours(Place place) {
		take(place, "forced-colours", context("en", 1280).setForcedColors(ForcedColors.ACTIVE));
	}

	@ParameterizedTest
	@EnumSource
	void isReadableAtDoubleSize(Place place) {
		take(place, "double-dark", context("en", 640).setDeviceScaleFactor(2).setColorScheme(ColorScheme.DARK));
	}

	private static Browser.NewContextOptions context(String language, int width) {
		return new Browser.NewContextOptions().setLocale(language).setViewportSize(width, 800);
	}

	private void take(Place place, String variant, Browser.NewContextOptions context) {
		Page page = open(context);
		place.open(page, Locale.forLanguageTag(context.locale));
		page.waitForTimeout(300);
		byte[] picture = page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
			.setPath(FOLDER.resolve(place.name().toLowerCase(Locale.ROOT) + "-" + variant + ".png")));
		assertThat(picture).isNotEmpty();
	}

}

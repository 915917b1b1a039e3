package dev.actionlog.app.screen;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.actionlog.testing.Extent;
import dev.actionlog.testing.Pictures;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the accessibility of the pages: axe, small screens, layout shifts, print and
 * high contrast.
 */
@NullUnmarked
class AccessibilityIT extends BrowserIT {

	static final List<String> LONG_WORDS = List.of("Donaudampfschifffahrtsgesellschaftskapitänsmütze".repeat(3),
			"مرحبا بالعالم", "日本語".repeat(40), "👩‍👩‍👧‍👦".repeat(10));

	/**
	 * In Portuguese, whose words are the longer ones, in light and in dark, where only
	 * the colours differ, and down to a screen of 320 pixels, which is also one of 640 at
	 * double size. A third of the places, unless everything is tested.
	 */
	@ParameterizedTest
	@MethodSource("places")
	void hasNoViolationsAndFitsOnASmallScreen(Place place) {
		Page page = open(new Browser.NewContextOptions().setLocale("pt-BR"));
		place.open(page, Locale.forLanguageTag("pt-BR"));
		assertNoViolations(new AxeBuilder(page));
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		assertNoViolations(new AxeBuilder(page).withRules(List.of("color-contrast", "link-in-text-block")));
		for (int width : new int[] { 320, 640, 1280 }) {
			page.setViewportSize(width, 640);
			assertThat((int) page.evaluate("document.documentElement.scrollWidth")).as("%s, %s px", place, width)
				.isLessThanOrEqualTo(width);
		}
	}

	static List<Place> places() {
		Place[] all = Place.values();
		int step = Extent.isAll() ? 1 : 3;
		return IntStream.iterate(0, (i) -> i < all.length, (i) -> i + step).mapToObj((i) -> all[i]).toList();
	}

	private static void assertNoViolations(AxeBuilder axe) {
		assertThat(axe.analyze().getViolations()).extracting(Rule::getId, (rule) -> rule.getNodes().toString())
			.isEmpty();
	}

	@ParameterizedTest
	@FieldSource("LONG_WORDS")
	void longNamesAndOtherScriptsFitToo(String name) {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setViewportSize(320, 640));
		signUp(page);
		String shortened = name.substring(0, Math.min(80, name.length()));
		rename(page, shortened);
		assertThat(actions(page).get(0).replaceAll("[\u2068\u2069]", "")).isEqualTo("Name changed to " + shortened);
		assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
	}

	@Test
	void wordsFromRightToLeftAreSetThatWay() {
		Page page = open();
		signUp(page);
		rename(page, "مريم");
		assertThat(page.locator("#person").evaluate("(element) => getComputedStyle(element).direction"))
			.isEqualTo("rtl");
		page.navigate("/profile/edit");
		assertThat(page.locator("#name").evaluate("(element) => getComputedStyle(element).direction")).isEqualTo("rtl");
	}

	@ParameterizedTest
	@FieldSource("WIDTHS")
	void nothingShiftsWhileAPageLoads(int width) {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setViewportSize(width, 800));
		page.addInitScript("""
				window.shifts = [];
				new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push(
					entry.value + entry.sources.map((source) => source.node?.outerHTML))))
					.observe({ type: 'layout-shift', buffered: true });
				""");
		// the page is shown before the script is loaded
		page.route("**/js/*", (route) -> {
			sleep(500);
			route.resume();
		});
		// a message that comes later does move the page
		page.route("**/actionlog/*.js",
				(route) -> route.fulfill(new Route.FulfillOptions().setContentType("text/javascript").setBody("")));
		String name = signUp(page);
		page.navigate("/profile/edit");
		page.setInputFiles("#photo", new FilePayload("a.jpg", "image/jpeg", Pictures.jpeg(200, 100)));
		page.click("text='Add photo'");
		page.waitForSelector("img[alt='Your photo']");
		MessagesIT.sendAll(page, name);
		page.navigate("/profile");
		page.waitForSelector(".ago", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
		page.waitForTimeout(200);
		assertThat(page.evaluate("window.shifts")).isEqualTo(List.of());
		page.navigate("/settings");
		page.selectOption("#language", "pt-BR");
		page.click("text='Save'");
		page.waitForSelector("[data-level] button");
		page.waitForTimeout(200);
		assertThat(page.evaluate("window.shifts")).isEqualTo(List.of());
	}

	static final List<Integer> WIDTHS = List.of(320, 800, 1280);

	@Test
	void onlyTheHistoryIsPrinted() {
		Page page = open();
		signUp(page);
		page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
		assertThat(page.locator("#action-history").isVisible()).isTrue();
		assertThat(Stream.of("nav", "form", ".links", "summary").flatMap((name) -> page.locator(name).all().stream()))
			.noneMatch((element) -> element.isVisible());
	}

	@Test
	void highContrastKeepsTheBorders() {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setForcedColors(ForcedColors.ACTIVE));
		MessagesIT.sendAll(page, signUp(page));
		page.navigate("/profile");
		for (String framed : Arrays.asList("[data-level]", "main form button", "mark", "article")) {
			assertThat(page.locator(framed).first().evaluate("(element) => getComputedStyle(element).borderTopStyle"))
				.as(framed)
				.isEqualTo("solid");
		}
	}

	private static void sleep(long milliseconds) {
		try {
			Thread.sleep(milliseconds);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

package dev.actionlog.app.screen;

import java.time.Instant;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.actionlog.action.ActionService;
import dev.actionlog.testing.SetClock;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the times of actions, in the zone that was found from the browser.
 */
@NullUnmarked
class TimeIT extends BrowserIT {

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			"America/Sao_Paulo; Yesterday, Saturday, 21 November 2026: 23:59, 20:30, 09:00",
			"Europe/Lisbon;     Today, Sunday, 22 November 2026: 02:59 | Yesterday, Saturday, 21 November 2026: 23:30, 12:00",
			"Asia/Tokyo;        Today, Sunday, 22 November 2026: 11:59, 08:30 | Yesterday, Saturday, 21 November 2026: 21:00",
			"Pacific/Auckland;  Yesterday, Sunday, 22 November 2026: 15:59, 12:30, 01:00" })
	void daysBeginAtMidnightOfTheReader(String zone, String expected) {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setTimezoneId(zone));
		String name = signUpWithEmptyLog(page);
		record(name, "2026-11-21T12:00:00Z", "2026-11-21T23:30:00Z", "2026-11-22T02:59:00Z");
		bean(SetClock.class).set(Instant.parse("2026-11-22T12:00:00Z"));
		page.navigate("/profile");
		assertThat(history(page)).isEqualTo(expected);
		assertThat(words(page.locator("#action-history"))).contains("Times are in " + zone + ".");
	}

	@Test
	void clocksThatGoBackShowAnHourTwice() {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setTimezoneId("Europe/Lisbon"));
		String name = signUpWithEmptyLog(page);
		record(name, "2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
		bean(SetClock.class).set(Instant.parse("2026-10-25T12:00:00Z"));
		page.navigate("/profile");
		assertThat(history(page))
			.isEqualTo("Today, Sunday, 25 October 2026: 02:30, 01:30 (UTC+00:00), 01:30 (UTC+01:00), 00:30");
	}

	@Test
	void clocksThatGoForwardLeaveAnHourOut() {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setTimezoneId("America/New_York"));
		String name = signUpWithEmptyLog(page);
		record(name, "2026-03-08T04:30:00Z", "2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z");
		bean(SetClock.class).set(Instant.parse("2026-03-09T03:30:00Z"));
		page.navigate("/profile");
		assertThat(history(page))
			.isEqualTo("Today, Sunday, 8 March 2026: 03:30, 01:30 | Yesterday, Saturday, 7 March 2026: 23:30");
	}

	@ParameterizedTest
	@CsvSource({ "en, now, 5 minutes ago", "pt-BR, agora, há 5 minutos" })
	void relativeTimesStandInTheirPlaceForAnHour(String language, String now, String minutes) {
		Page page = open(new Browser.NewContextOptions().setLocale(language).setTimezoneId("UTC"));
		String name = signUpWithEmptyLog(page);
		record(name, "2026-11-21T12:00:00Z");
		page.clock().install(new com.microsoft.playwright.Clock.InstallOptions().setTime("2026-11-21T12:00:20Z"));
		page.navigate("/profile");
		Locator ago = page.locator("#action-history li .ago");
		assertThat(ago.innerText()).isEqualTo(now);
		page.clock().fastForward("05:10");
		assertThat(ago.innerText()).isEqualTo(minutes);
		assertThat(ago.getAttribute("title")).isEqualTo("12:00");
		Locator time = page.locator("#action-history li > time");
		assertThat(isSeen(time)).isFalse();
		page.clock().fastForward("01:00:00");
		assertThat(ago.isVisible()).isFalse();
		assertThat(isSeen(time)).isTrue();
		assertThat(time.innerText()).isEqualTo("12:00");
	}

	private static boolean isSeen(Locator element) {
		return (boolean) element.evaluate("it => getComputedStyle(it).clipPath === 'none'");
	}

	@Test
	void withoutScriptsTheZoneIsTheServersAndIsNamed() {
		Page page = open(new Browser.NewContextOptions().setLocale("en")
			.setTimezoneId("Asia/Tokyo")
			.setJavaScriptEnabled(false));
		signUp(page);
		assertThat(words(page.locator("#action-history")))
			.contains("Times are in " + java.time.ZoneId.systemDefault().getId() + ".");
		page.click("text='Change the time zone'");
		page.fill("#timeZone", "Asia/Tokyo");
		page.click("button:text('Save')");
		page.navigate("/profile");
		assertThat(words(page.locator("#action-history"))).contains("Times are in Asia/Tokyo.");
	}

	@Test
	void theSettingsOfferTheZoneOfTheDevice() {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setTimezoneId("Asia/Tokyo"));
		signUp(page);
		page.navigate("/settings");
		assertThat(page.locator("#device-zone").isVisible()).isFalse();
		page.fill("#timeZone", "Europe/Lisbon");
		page.click("button:text('Save')");
		page.click("button:text('Use the zone of this device: Asia/Tokyo')");
		assertThat(page.inputValue("#timeZone")).isEqualTo("Asia/Tokyo");
	}

	@Test
	void onlyTheNewestActionIsMarkedAsNewAndOnlyForAMinute() {
		Page page = open();
		String name = signUpWithEmptyLog(page);
		record(name, "2026-11-21T12:00:00Z", "2026-11-21T12:00:10Z");
		page.navigate("/profile");
		assertThat(page.locator("#action-history li:has(mark)").count()).isEqualTo(1);
		assertThat(words(page.locator("#action-history li").first())).contains("New");
		bean(SetClock.class).set(Instant.parse("2026-11-21T12:01:10Z"));
		page.reload();
		assertThat(page.locator("mark").count()).isZero();
	}

	private static String signUpWithEmptyLog(Page page) {
		String name = signUp(page);
		bean(ActionService.class).keepNewestFor(name, 0);
		return name;
	}

	private static void record(String username, String... times) {
		for (String time : times) {
			bean(SetClock.class).set(Instant.parse(time));
			bean(ActionService.class).recordFor(username, "At " + time);
		}
	}

	/**
	 * The days with their times.
	 */
	private static String history(Page page) {
		List<String> days = page.locator("#action-history h3")
			.all()
			.stream()
			.map((day) -> words(day) + ": "
					+ String.join(", ", day.locator("xpath=following-sibling::ul[1]/li/time").allInnerTexts()))
			.toList();
		return String.join(" | ", days);
	}

}

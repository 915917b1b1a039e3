package dev.actionlog.app.screen;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.text.Text;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the links of messages and actions: whatever is accepted stays on this site.
 */
@NullUnmarked
class LinkIT extends BrowserIT {

	/** What the rules for addresses treat in a special way, or a sloppy reader could. */
	private static final List<String> PARTS = List.of("/", "\\", ".", "%2e", "?", "#", "%2f", "%5C", "@", ":", ";", "{",
			"(", "~", " ", "\t", "\n", "\u0085", "\u00ad", "\uff0f", "evil.example", "http:");

	private static final List<String> ODD = List.of("/search?u=http://evil.example", "/a#\\b", "/?", "/#", "/?//x",
			"/#//evil.example", "/?\\evil.example", "/%2fevil.example", "/%5cevil.example", "/%2F%2Fevil.example",
			"/../evil.example", "/..", "/%2e%2e/evil.example", "/.;/evil.example", "/@evil.example", "/:80", "/~/x",
			"/a(b=c)", "/{a}", "/?a={b}(c=d)", "/;jsessionid=x?y#z", "/ /x", "/\uff0f/x", "/\u00ad/x", "/?@#\\\\//");

	@Test
	void acceptedLinksStayOnTheSiteInBothFragments() {
		Page page = open();
		String name = signUp(page);
		leave(page);
		bean(ActionService.class).setKeep(name, ODD.size());
		for (String link : ODD) {
			bean(FlashSender.class).send(name, FlashLevel.INFO, Text.of("x").link(link));
			bean(ActionService.class).recordFor(name, Text.of("x").link(link));
		}
		page.navigate("/profile");
		assertThat(links(page, "#flash-messages")).containsExactlyInAnyOrderElementsOf(ODD);
		assertThat(links(page, "#action-history")).containsExactlyInAnyOrderElementsOf(ODD);
		String origin = page.evaluate("() => location.origin").toString();
		for (int i = 0; i < ODD.size(); i++) {
			page.navigate("/profile/actions");
			Locator link = page.locator("#action-history a").nth(i);
			String address = page.waitForRequest(Request::isNavigationRequest, link::click).url();
			assertThat(address).as(ODD.get(ODD.size() - 1 - i)).startsWith(origin + "/");
		}
	}

	@Test
	void noAcceptedLinkLeadsOffTheSiteByTheRulesOfTheBrowser() {
		List<String> accepted = new ArrayList<>();
		for (String a : PARTS) {
			for (String b : PARTS) {
				for (String c : PARTS) {
					for (String d : PARTS) {
						add(accepted, "/" + a + b + c + d);
					}
				}
			}
		}
		assertThat(accepted).hasSizeGreaterThan(10_000);
		Page page = open();
		page.navigate("/login");
		assertThat(page.evaluate("""
				(links) => links.filter((link) => {
					const address = new URL(link, location.href);
					return address.origin !== location.origin || address.pathname.startsWith('//');
				})
				""", accepted)).isEqualTo(List.of());
	}

	private static void add(List<String> accepted, String link) {
		try {
			accepted.add(Text.of("x").link(link).getLink());
		}
		catch (IllegalArgumentException ex) {
			// refused
		}
	}

	private static List<String> links(Page page, String fragment) {
		return page.locator(fragment + " a").all().stream().map((link) -> link.getAttribute("href")).toList();
	}

}

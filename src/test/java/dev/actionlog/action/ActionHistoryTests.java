package dev.actionlog.action;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;

import dev.actionlog.profile.ProfileService;
import dev.actionlog.testing.SetClock;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.text.Text;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.i18n.AbstractLocaleContextResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

/**
 * Tests for the fragment {@code actionlog/history :: history} in a page of an
 * application.
 */
@SpringBootTest(properties = { "spring.config.location=optional:classpath:/none/", "spring.flyway.enabled=false",
		"spring.datasource.generate-unique-name=true", "spring.jpa.hibernate.ddl-auto=validate",
		"spring.jpa.open-in-view=false", "logging.level.root=warn" })
@AutoConfigureMockMvc
@NullUnmarked
class ActionHistoryTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private ActionService actions;

	@Autowired
	private ActionHistories histories;

	@Autowired
	private ProfileService profiles;

	@Autowired
	private SetClock clock;

	@Autowired
	private SqlLog sql;

	@AfterEach
	void forget() {
		this.profiles.delete("ann");
	}

	@Test
	void hasItsOwnWordsInAnyApplication() {
		record("2026-11-21T13:05:00Z", Text.of("Photo changed"));
		assertThat(page("en", "UTC")).doesNotContain("??")
			.contains("<h2 id=\"action-history-title\">Recent actions</h2>")
			.contains("<p>The newest 10 actions are kept.</p>");
		assertThat(page("pt-BR", "UTC")).doesNotContain("??")
			.contains("<h2 id=\"action-history-title\">Ações recentes</h2>")
			.contains("<p>As 10 ações mais recentes são guardadas.</p>");
		assertThat(page("de", "UTC")).contains("Recent actions");
	}

	@Test
	void saysWhatWillAppearWhereNothingIsYet() {
		assertThat(page("en", "UTC")).contains("Nothing yet.", "The newest 10 actions are kept.")
			.doesNotContain("<li")
			.doesNotContain("??");
		this.actions.setKeep("ann", 1);
		assertThat(page("en", "UTC")).contains("Only the newest action is kept.");
	}

	@Test
	void saysActionsInTheWordsOfTheApplication() {
		record("2026-11-21T13:05:00Z", Text.of("photo.changed", "cat"));
		assertThat(page("en", "UTC")).contains("<li data-code=\"photo.changed\">", ">Photo cat changed<");
		assertThat(page("pt-BR", "UTC")).contains("<li data-code=\"photo.changed\">", ">Foto cat alterada<");
	}

	@Test
	void marksCodesOnly() {
		record("2026-11-21T13:05:00Z", Text.of("Photo changed"));
		assertThat(page("en", "UTC")).contains("<li>", ">Photo changed<").doesNotContain("data-code");
	}

	@Test
	void showsTheNewestFirst() {
		record("2026-11-21T13:05:00Z", Text.of("first operation"));
		record("2026-11-21T13:05:00Z", Text.of("second operation"));
		assertThat(page("en", "UTC")).containsSubsequence("second operation", "first operation");
	}

	@Test
	void escapesEverything() {
		record("2026-11-21T13:05:00Z", Text.of("<i>&\"'"));
		record("2026-11-21T13:05:00Z", Text.of("photo.changed", "<b>&\"'"));
		record("2026-11-21T13:05:00Z", Text.of("${7*7} [[${7*7}]] __${7*7}__").link("/\"onclick='alert(1)'<i>"));
		assertThat(page("en", "UTC")).contains(">&lt;i&gt;&amp;&quot;&#39;<")
			.contains(">Photo &lt;b&gt;&amp;&quot;&#39; changed<")
			.contains(">${7*7} [[${7*7}]] __${7*7}__<")
			.doesNotContain("<i>")
			.doesNotContain("<b>")
			.doesNotContain("/\"onclick")
			.doesNotContain("49");
	}

	@Test
	void givesTimesThatMachinesRead() {
		record("2026-11-21T13:05:07.123456Z", Text.of("x"));
		assertThat(page("en", "America/Sao_Paulo")).contains("<time datetime=\"2026-11-21T13:05:07.123Z\">")
			.contains("<time datetime=\"2026-11-21\">");
	}

	@Test
	void givesTimesInTheLanguageAndZoneOfTheReader() {
		record("2026-11-21T16:05:00Z", Text.of("x"));
		assertThat(page("pt-BR", "America/Sao_Paulo")).contains(">13:05<", ">sábado, 21 de novembro de 2026<");
		assertThat(page("en", "UTC")).contains(">16:05<", ">Saturday, 21 November 2026<");
	}

	@Test
	void groupsByDayInTheZoneOfTheReader() {
		record("2026-11-21T12:00:00Z", Text.of("noon"));
		record("2026-11-22T02:59:59Z", Text.of("just before midnight"));
		record("2026-11-22T03:00:00Z", Text.of("midnight"));
		assertThat(page("en", "America/Sao_Paulo")).containsSubsequence("Sunday, 22 November 2026", "midnight<",
				"Saturday, 21 November 2026", "just before midnight<", "noon<");
		assertThat(page("en", "UTC")).containsSubsequence("Sunday, 22 November 2026", "midnight<",
				"just before midnight<", "Saturday, 21 November 2026", "noon<");
		assertThat(page("en", "Asia/Tokyo")).containsOnlyOnce("Sunday, 22 November 2026")
			.containsOnlyOnce("Saturday, 21 November 2026");
	}

	@Test
	void callsTheLastTwoDaysOfTheReaderTodayAndYesterday() {
		record("2026-11-20T12:00:00Z", Text.of("earlier"));
		record("2026-11-21T12:00:00Z", Text.of("noon"));
		record("2026-11-22T02:59:59Z", Text.of("late"));
		this.clock.set(Instant.parse("2026-11-22T23:00:00Z"));
		assertThat(headings("en", "UTC")).containsExactly("Today, Sunday, 22 November 2026",
				"Yesterday, Saturday, 21 November 2026", "Friday, 20 November 2026");
		assertThat(headings("pt-BR", "America/Sao_Paulo")).containsExactly("Ontem, sábado, 21 de novembro de 2026",
				"sexta-feira, 20 de novembro de 2026");
		assertThat(headings("en", "Asia/Tokyo")).containsExactly("Yesterday, Sunday, 22 November 2026",
				"Saturday, 21 November 2026", "Friday, 20 November 2026");
	}

	@Test
	void tellsTheTwoHoursApartWhenTheClocksGoBack() {
		record("2026-10-24T23:30:00Z", Text.of("summer"));
		record("2026-10-25T00:30:00Z", Text.of("still summer"));
		record("2026-10-25T01:30:00Z", Text.of("winter"));
		assertThat(page("en", "Europe/Lisbon"))
			.containsSubsequence("Sunday, 25 October 2026", ">01:30 (UTC+00:00)<", ">01:30 (UTC+01:00)<", ">00:30<")
			.doesNotContain("24 October");
	}

	@Test
	void countsDaysAndNotHoursWhenTheClocksChange() {
		record("2026-03-28T23:30:00Z", Text.of("last of winter"));
		// 23 hours later, but 24 by the clock on the wall
		this.clock.set(Instant.parse("2026-03-29T22:30:00Z"));
		assertThat(headings("en", "Europe/Lisbon")).containsExactly("Yesterday, Saturday, 28 March 2026");
	}

	@Test
	void marksWhatIsNew() {
		record("2026-11-21T13:05:00Z", Text.of("x"));
		assertThat(page("en", "UTC")).contains("<mark>New</mark>");
		assertThat(page("pt-BR", "UTC")).contains("<mark>Nova</mark>");
		this.clock.set(Instant.parse("2026-11-21T13:06:00Z"));
		assertThat(page("en", "UTC")).doesNotContain("<mark>");
	}

	@Test
	void theSameSeveralTimesInARowIsOneItemWithTheTimesOfTheOthers() {
		record("2026-11-21T13:05:00Z", Text.of("photo.changed", "cat"));
		record("2026-11-21T13:07:00Z", Text.of("photo.changed", "cat"));
		record("2026-11-21T13:09:00Z", Text.of("photo.changed", "cat"));
		assertThat(page("en", "UTC")).containsOnlyOnce("<li")
			.contains("<li data-code=\"photo.changed\"><time datetime=\"2026-11-21T13:09:00Z\">13:09</time> "
					+ "<span dir=\"auto\">Photo cat changed</span> <mark>New</mark> "
					+ "<details><summary>×3</summary> <time datetime=\"2026-11-21T13:07:00Z\">13:07</time>"
					+ "<time datetime=\"2026-11-21T13:05:00Z\">13:05</time></details></li>");
	}

	@Test
	void onlyTheSameInARowIsCounted() {
		record("2026-11-20T23:59:00Z", Text.of("Photo changed"));
		record("2026-11-21T13:00:00Z", Text.of("Photo changed"));
		record("2026-11-21T13:01:00Z", Text.of("photo.changed", "cat"));
		record("2026-11-21T13:02:00Z", Text.of("photo.changed", "dog"));
		record("2026-11-21T13:03:00Z", Text.of("photo.changed", "dog").link("/photos/7"));
		record("2026-11-21T13:04:00Z", Text.of("photo.changed", "dog").link("/photos/8"));
		record("2026-11-21T13:05:00Z", Text.of("Photo dog changed").link("/photos/8"));
		assertThat(page("en", "UTC")).doesNotContain("<details");
		assertThat(this.histories.of("ann", Locale.ENGLISH, ZoneOffset.UTC).days())
			.extracting((day) -> day.entries().size())
			.containsExactly(6, 1);
	}

	@Test
	void showsTenAtOnceAndTheOthersOnRequest() {
		this.actions.setKeep("ann", 100);
		for (int i = 0; i < 10; i++) {
			record("2026-11-21T13:0" + i + ":00Z", Text.of("No. " + i));
		}
		assertThat(page("en", "UTC")).doesNotContain("<details");
		record("2026-11-22T13:00:00Z", Text.of("No. 10"));
		record("2026-11-22T13:01:00Z", Text.of("No. 11"));
		assertThat(page("en", "UTC"))
			.containsSubsequence("22 November", "No. 11<", "No. 10<", "21 November", "No. 9<", "No. 2<",
					"<details class=\"older\">", "<summary>Show 2 more</summary>", "21 November", "No. 1<", "No. 0<",
					"</details>")
			.doesNotContain("??");
		assertThat(page("pt-BR", "UTC")).contains("<summary>Mostrar mais 2</summary>");
		ActionHistory history = this.histories.of("ann", Locale.ENGLISH, ZoneOffset.UTC);
		assertThat(history.days()).extracting((day) -> day.entries().size()).containsExactly(2, 10);
		assertThat(history.newest()).extracting((day) -> day.entries().size()).containsExactly(2, 8);
		assertThat(history.older()).extracting((day) -> day.entries().size()).containsExactly(2);
	}

	@Test
	void aPageThatAsksForItShowsAll() {
		this.actions.setKeep("ann", 100);
		for (int i = 0; i < 12; i++) {
			record("2026-11-21T13:05:00Z", Text.of("No. " + i));
		}
		assertThat(assertThat(this.mvc.get().uri("/app/page?showAll=true").contextPath("/app").with(user("ann")))
			.hasStatusOk()
			.bodyText()
			.actual()).containsOnlyOnce("21 November")
			.containsSubsequence("No. 11<", "No. 0<")
			.doesNotContain("<details");
	}

	@Test
	void namesTheZone() {
		record("2026-11-21T13:05:00Z", Text.of("x"));
		assertThat(page("en", "Asia/Tokyo")).contains("<p>Times are in Asia/Tokyo.</p>");
	}

	@Test
	void linksBelowTheContextPath() {
		record("2026-11-21T13:05:00Z", Text.of("x").link("/photos/7?size=big&x=1#top"));
		record("2026-11-21T13:05:00Z", Text.of("y").link("/a(b=c)/{d}"));
		assertThat(page("en", "UTC")).contains("href=\"/app/photos/7?size=big&amp;x=1#top\"")
			.contains("href=\"/app/a(b=c)/{d}\"");
	}

	@Test
	void showsOnlyTheLogOfTheReader() {
		record("2026-11-21T13:05:00Z", Text.of("x"));
		this.actions.recordFor("bob", "secret");
		assertThat(page("en", "UTC")).doesNotContain("secret");
	}

	@Test
	void showsTheLogOfTheUserThatThePageNames() {
		record("2026-11-21T13:05:00Z", Text.of("photo.changed", "cat").link("/photos/7"));
		String support = support("ann");
		assertThat(support).contains("A page of the support")
			.contains("<a dir=\"auto\" href=\"/app/photos/7\">Foto cat alterada</a>", ">10:05<",
					"data-zone=\"America/Sao_Paulo\"");
		// as ann sees it herself, white space and the mark of an own list apart
		String own = page("pt-BR", "America/Sao_Paulo");
		assertThat(section(support)).isEqualTo(section(own).replace(" data-own", ""));
		assertThat(support("nobody")).contains("Nada ainda.").doesNotContain("<li");
	}

	@Test
	void showsNothingWhereThePageNamesNobody() {
		this.sql.clear();
		assertThat(this.mvc.get().uri("/support")).hasStatusOk()
			.bodyText()
			.contains("A page of the support")
			.doesNotContain("action-history");
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void isJsonInTheWordsOfTheReader() {
		record("2026-11-21T13:05:00Z", Text.of("Photo changed"));
		record("2026-11-21T16:05:07.123456Z", Text.of("photo.changed", "cat").link("/photos/7"));
		this.clock.set(Instant.parse("2026-11-22T12:00:00Z"));
		this.sql.clear();
		assertThat(this.mvc.get()
			.uri("/app/history/ann?language=pt-BR&zone=America/Sao_Paulo")
			.contextPath("/app")
			.with(user("support"))).hasStatusOk().bodyJson().isStrictlyEqualTo("""
					{
						"title": "Ações recentes",
						"days": [ {
							"date": "2026-11-21", "nearby": "Ontem", "label": "sábado, 21 de novembro de 2026",
							"entries": [ {
								"recordedAt": "2026-11-21T16:05:07.123Z", "time": "13:05", "code": "photo.changed",
								"text": "Foto cat alterada", "href": "/app/photos/7", "mark": null
							}, {
								"recordedAt": "2026-11-21T13:05:00Z", "time": "10:05", "code": null,
								"text": "Photo changed", "href": null, "mark": null
							} ]
						} ],
						"notes": [ "As 10 ações mais recentes são guardadas.", "Horários no fuso America/Sao_Paulo." ],
						"more": null, "keep": 10, "zone": "America/Sao_Paulo", "now": "2026-11-22T12:00:00Z"
					}
					""");
		assertThat(this.sql.statements()).hasSize(1);
	}

	@Test
	void hasNoContextPathWithoutRequest() {
		record("2026-11-21T13:05:00Z", Text.of("x").link("/photos/7"));
		assertThat(this.histories.of("ann", Locale.ENGLISH, ZoneOffset.UTC).days().get(0).entries())
			.extracting(ActionHistory.Entry::href)
			.containsExactly("/photos/7");
	}

	@Test
	void datesThatAreArgumentsAreInTheZoneOfTheReader() {
		record("2026-11-21T13:05:00Z", Text.of("photo.changed", Instant.parse("2026-12-24T22:30:00Z")));
		assertThat(page("en", "Asia/Tokyo")).contains(">Photo 25 December 2026, 07:30 changed<");
	}

	@Test
	void showsNothingWhereNobodyIsSignedIn() {
		this.sql.clear();
		assertThat(this.mvc.get().uri("/page")).hasStatusOk()
			.bodyText()
			.contains("A page of an application")
			.doesNotContain("action-history");
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void costsOneStatement() {
		record("2026-11-21T13:05:00Z", Text.of("x"));
		this.sql.clear();
		page("en", "UTC");
		assertThat(this.sql.statements()).hasSize(1);
	}

	private void record(String when, Text text) {
		this.clock.set(Instant.parse(when));
		this.actions.recordFor("ann", text);
	}

	private String support(String username) {
		return assertThat(this.mvc.get()
			.uri("/app/support?shown={username}&language=pt-BR&zone=America/Sao_Paulo", username)
			.contextPath("/app")
			.with(user("bob"))).hasStatusOk().bodyText().actual();
	}

	private static String section(String page) {
		return page.substring(page.indexOf("<section"), page.indexOf("</section>")).replaceAll("\\s+", " ");
	}

	private List<String> headings(String language, String zone) {
		return Pattern.compile("<h3>(.*?)</h3>")
			.matcher(page(language, zone))
			.results()
			.map((heading) -> heading.group(1).replaceAll("<[^>]*>", "").strip())
			.toList();
	}

	private String page(String language, String zone) {
		return assertThat(this.mvc.get()
			.uri("/app/page?language={language}&zone={zone}", language, zone)
			.contextPath("/app")
			.with(user("ann"))).hasStatusOk().bodyText().actual();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = JdbcSessionAutoConfiguration.class)
	@Import({ SqlLog.class, PageController.class })
	static class Configuration {

		@Bean
		SetClock clock() {
			return new SetClock(InstantSource.fixed(Instant.EPOCH));
		}

		@Bean
		MessageSource messageSource() {
			StaticMessageSource messages = new StaticMessageSource();
			messages.addMessage("photo.changed", Locale.ENGLISH, "Photo {0} changed");
			messages.addMessage("photo.changed", Locale.forLanguageTag("pt-BR"), "Foto {0} alterada");
			return messages;
		}

		@Bean
		AbstractLocaleContextResolver localeResolver() {
			return new AbstractLocaleContextResolver() {

				@Override
				public LocaleContext resolveLocaleContext(HttpServletRequest request) {
					String language = request.getParameter("language");
					String zone = request.getParameter("zone");
					return new SimpleTimeZoneAwareLocaleContext(
							(language != null) ? Locale.forLanguageTag(language) : Locale.ENGLISH,
							TimeZone.getTimeZone((zone != null) ? zone : "UTC"));
				}

				@Override
				public void setLocaleContext(HttpServletRequest request, @Nullable HttpServletResponse response,
						@Nullable LocaleContext context) {
					throw new UnsupportedOperationException();
				}

			};
		}

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

	@Controller
	static class PageController {

		private final ActionHistories histories;

		PageController(ActionHistories histories) {
			this.histories = histories;
		}

		@GetMapping("/page")
		String page(@RequestParam @Nullable Boolean showAll, Model model) {
			model.addAttribute("showAll", showAll);
			return "example/page";
		}

		@GetMapping("/support")
		String support(@RequestParam @Nullable String shown, Model model) {
			model.addAttribute("user", shown);
			return "example/support";
		}

		@GetMapping("/history/{username}")
		@ResponseBody
		ActionHistory history(@PathVariable String username, Locale locale, ZoneId zone) {
			return this.histories.of(username, locale, zone);
		}

	}

}

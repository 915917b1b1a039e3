package dev.actionlog.flash;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.actionlog.profile.ProfileService;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.text.Text;
import org.jspecify.annotations.NullUnmarked;
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
import org.springframework.context.support.StaticMessageSource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

/**
 * Tests for the fragment {@code actionlog/flash :: messages} in pages of an application,
 * which includes it twice: in the layout and in the page.
 */
@SpringBootTest(properties = { "spring.config.location=optional:classpath:/none/", "spring.flyway.enabled=false",
		"spring.datasource.generate-unique-name=true", "spring.jpa.hibernate.ddl-auto=validate",
		"spring.jpa.open-in-view=false", "logging.level.root=warn", "actionlog.flash.tags.29=custom" })
@AutoConfigureMockMvc
@NullUnmarked
class FlashFragmentTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private FlashSender sender;

	@Autowired
	private ProfileService profiles;

	@Autowired
	private SqlLog sql;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void forget() {
		this.profiles.delete("ann");
	}

	@Test
	void showsMessagesOnce() {
		send(FlashLevel.SUCCESS, Text.of("Photo changed"));
		assertThat(page("en")).containsOnlyOnce("Photo changed");
		assertThat(page("en")).contains("A page of an application").doesNotContain("Photo changed");
	}

	@Test
	void standsInPageOnce() {
		assertThat(page("en")).containsOnlyOnce("<section id=\"flash-messages\"")
			.containsSubsequence("flash-messages", "A page of an application");
	}

	@Test
	void showsMessagesInTheOrderOfAdding() {
		send(FlashLevel.SUCCESS, Text.of("good"));
		send(FlashLevel.ERROR, Text.of("bad"));
		send(new FlashLevel(41), Text.of("worse"));
		assertThat(page("en")).containsSubsequence(">good<", ">bad<", ">worse<");
	}

	@Test
	void showsThreeAtOnceAndTheEarlierOnesOnRequest() {
		for (int i = 0; i < 3; i++) {
			send(FlashLevel.INFO, Text.of("No. " + i));
		}
		assertThat(page("en")).containsSubsequence("No. 0<", "No. 1<", "No. 2<").doesNotContain("<details");
		for (int i = 0; i < 100; i++) {
			send(FlashLevel.INFO, Text.of("No. " + i));
		}
		assertThat(page("en"))
			.containsSubsequence("<details>", "<summary>97 earlier messages</summary>", "No. 0<", "No. 1<", "No. 96<",
					"</details>", "No. 97<", "No. 98<", "No. 99<", "</section>")
			.containsOnlyOnce("No. 50<")
			.doesNotContain("??");
		assertThat(page("en")).doesNotContain("data-level");
	}

	@Test
	void saysInTheLanguageOfTheReaderHowManyAreEarlier() {
		for (int i = 0; i < 4; i++) {
			send(FlashLevel.INFO, Text.of("x"));
		}
		assertThat(page("en")).contains("<summary>One earlier message</summary>");
		for (int i = 0; i < 5; i++) {
			send(FlashLevel.INFO, Text.of("x"));
		}
		assertThat(page("pt-BR")).contains("<summary>2 mensagens anteriores</summary>");
	}

	@Test
	void isNamedOnlyWhereItHasSomethingToSay() {
		assertThat(page("en")).contains("<section id=\"flash-messages\">");
		send(FlashLevel.SUCCESS, Text.of("good"));
		assertThat(page("en")).contains("<section id=\"flash-messages\" aria-label=\"Messages\">");
	}

	@Test
	void marksLevelsAndTags() {
		this.sender.send("ann", FlashDraft.of(FlashLevel.WARNING, "x").tags("big", "red"));
		assertThat(page("en")).contains("<div class=\"big red warning\" data-level=\"warning\">",
				"<strong>Warning:</strong>");
		send(new FlashLevel(29), Text.of("x"));
		assertThat(page("en")).contains("<div class=\"custom\" data-level=\"custom\">").doesNotContain("<strong>");
		send(new FlashLevel(31), Text.of("x"));
		assertThat(page("en")).contains("<div data-level=\"31\">").doesNotContain("<strong>");
	}

	@Test
	void hasItsOwnWordsInAnyApplication() {
		sendAllNamed();
		assertThat(page("en"))
			.contains("<section id=\"flash-messages\" aria-label=\"Messages\">", "Note:", "Done:", "Warning:", "Error:")
			.doesNotContain("??")
			.doesNotContain("actionlog.flash");
		sendAllNamed();
		assertThat(page("pt-BR"))
			.contains("<section id=\"flash-messages\" aria-label=\"Mensagens\">", "Informação:", "Feito:", "Aviso:",
					"Erro:")
			.doesNotContain("??");
		sendAllNamed();
		assertThat(page("de")).contains("aria-label=\"Messages\"");
	}

	@Test
	void saysMessagesInTheLanguageOfTheReader() {
		for (String language : List.of("de", "fr")) {
			Locale sender = Locale.getDefault();
			try {
				Locale.setDefault(Locale.GERMANY);
				send(FlashLevel.INFO, Text.of("photo.changed", "Katze", 1234.5));
			}
			finally {
				Locale.setDefault(sender);
			}
			assertThat(page(language))
				.contains(Map.of("de", ">Foto Katze geändert, 1.234,5<", "fr", ">Photo Katze changée, 1\u202f234,5<")
					.get(language));
		}
		send(FlashLevel.INFO, Text.of("no.such.code", 1));
		assertThat(page("fr")).contains(">no.such.code<");
	}

	@Test
	void escapesEverything() {
		send(FlashLevel.INFO, Text.of("<i>&\"'"));
		send(FlashLevel.INFO, Text.of("greeting", "<b>&\"'"));
		send(FlashLevel.INFO, Text.of("<u>&\"'").link("/\"onclick='alert(1)'<i>"));
		send(FlashLevel.INFO, Text.of("${7*7} [[${7*7}]] __${7*7}__"));
		assertThat(page("en")).contains(">&lt;i&gt;&amp;&quot;&#39;</span>")
			.contains(">Hello &lt;b&gt;&amp;&quot;&#39;</span>")
			.contains(">&lt;u&gt;&amp;&quot;&#39;</a>")
			.contains(">${7*7} [[${7*7}]] __${7*7}__<")
			.doesNotContain("<i>")
			.doesNotContain("<b>")
			.doesNotContain("<u>")
			.doesNotContain("/\"onclick")
			.doesNotContain("49");
	}

	@Test
	void linksBelowTheContextPath() {
		send(FlashLevel.INFO, Text.of("x").link("/photos/7?size=big&x=1#top"));
		send(FlashLevel.ERROR, Text.of("y").link("/a(b=c)/{d}"));
		send(FlashLevel.ERROR, Text.of("z").link("/?u=http://x&v={d}(e=f)#\\//"));
		assertThat(page("en")).contains("href=\"/app/photos/7?size=big&amp;x=1#top\"")
			.contains("href=\"/app/a(b=c)/{d}\"")
			.contains("href=\"/app/?u=http://x&amp;v={d}(e=f)#\\//\"");
	}

	@Test
	void actionIsFormWithItsTokenBelowTheContextPath() {
		this.sender.send("ann",
				FlashDraft.of(FlashLevel.ERROR, "Export failed").action("/exports?again=1", "greeting"));
		this.sender.send("ann", FlashDraft.of(FlashLevel.ERROR, "x").action("/\"><i>", "<b>&\"'"));
		assertThat(page("en"))
			.containsPattern("<form action=\"/app/exports\\?again=1\" method=\"post\">"
					+ "<input type=\"hidden\" name=\"_csrf\" value=\"[^\"]+\"/><button>Hello \\{0}</button></form>")
			.contains("<button>&lt;b&gt;&amp;&quot;&#39;</button>")
			.doesNotContain("<i>");
		send(FlashLevel.ERROR, Text.of("without"));
		assertThat(page("en")).contains("without").doesNotContain("<form");
	}

	@Test
	void recentMessagesAreListedWithTheirTimesTheNewestFirst() {
		assertThat(recent("en")).contains(">Messages you were shown</h2>", "<p>No messages yet.")
			.doesNotContain("<ul>");
		send(FlashLevel.INFO, Text.of("first"));
		page("en");
		this.sender.send("ann",
				FlashDraft.of(FlashLevel.SUCCESS, Text.of("photo.changed", "<i>", 1).link("/photos/7"))
					.tags("big")
					.action("/photos/undo", "Undo"));
		page("en");
		send(FlashLevel.ERROR, Text.of("waiting"));
		this.jdbc
			.sql("update actionlog_shown set sent_at = timestamp '2026-01-02 03:04:05+00:00' where message = 'first'")
			.update();
		String time = "<time datetime=\"[0-9T:-]{19}(\\.\\d{1,3})?Z\">%s</time>\\s+<svg [^>]+>\\s+<path [^>]+>\\s+</svg>\\s+";
		assertThat(recent("pt-BR"))
			.containsPattern("(?s)<li class=\"big success\">\\s+" + time.formatted("\\d{2}:\\d{2}")
					+ "<strong>Feito:</strong>\\s+<a dir=\"auto\" href=\"/app/photos/7\">.*<li class=\"info\">\\s+"
					+ time.formatted("\\d{1,2} de janeiro de 2026, \\d{2}:04")
					+ "<strong>Informação:</strong>\\s+<span dir=\"auto\">first</span>")
			.doesNotContain("<form", "waiting", "<i>");
		assertThat(this.sender.peek("ann")).hasSize(1);
	}

	@Test
	void recentMessagesCostOneStatement() {
		this.sql.clear();
		recent("en");
		assertThat(this.sql.statements()).hasSize(1);
	}

	@Test
	void previewIsTheMarkupOfMessageAndCostsNothing() {
		send(FlashLevel.INFO, Text.of("waiting"));
		this.sql.clear();
		assertThat(this.mvc.get().uri("/app/preview").contextPath("/app").locale(Locale.GERMAN).with(user("ann")))
			.hasStatusOk()
			.bodyText()
			.contains("<div class=\"debug\" data-level=\"debug\">",
					"<a dir=\"auto\" href=\"/app/photos/7\">Foto Katze geändert, 1</a>")
			.doesNotContain("waiting", "flash-messages");
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void pageThatAsksForTheNumberConsumesNothing() {
		send(FlashLevel.INFO, Text.of("1"));
		send(FlashLevel.INFO, Text.of("2"));
		assertThat(this.mvc.get().uri("/badge").with(user("ann"))).hasStatusOk().bodyText().contains("<p>2 false</p>");
		assertThat(page("en")).contains(">1<", ">2<");
	}

	@Test
	void costsSevenStatementsWithMessagesAndOneWithout() {
		send(FlashLevel.INFO, Text.of("x"));
		this.sql.clear();
		page("en");
		assertThat(this.sql.statements()).hasSize(7);
		this.sql.clear();
		page("en");
		assertThat(this.sql.statements()).singleElement().asString().startsWith("select");
	}

	@Test
	void pageWhoseTemplateNeverAsksCostsNothing() {
		send(FlashLevel.INFO, Text.of("x"));
		this.sql.clear();
		assertThat(this.mvc.get().uri("/silent").with(user("ann"))).hasStatusOk();
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void readingMakesNoSession() {
		assertThat(this.mvc.get().uri("/page")).hasStatusOk()
			.satisfies((result) -> assertThat(result.getRequest().getSession(false)).isNull())
			.bodyText()
			.contains("flash-messages");
	}

	@Test
	void takenMessagesAreDeliveredInAnyType() {
		send(FlashLevel.INFO, Text.of("x"));
		assertThat(this.mvc.get().uri("/take").with(user("ann"))).hasStatusOk()
			.bodyJson()
			.extractingPath("$[*].levelTag")
			.asArray()
			.containsExactly("info");
		assertThat(page("en")).doesNotContain("data-level");
	}

	@Test
	void takenMessagesAreJsonInTheWordsOfTheReader() {
		this.sender.send("ann",
				FlashDraft.of(FlashLevel.SUCCESS, Text.of("photo.changed", "Katze", 1).link("/photos/7"))
					.tags("big")
					.action("/photos/undo", "undo"));
		send(new FlashLevel(31), Text.of("Plain words"));
		assertThat(this.mvc.get().uri("/app/messages").contextPath("/app").locale(Locale.GERMAN).with(user("ann")))
			.hasStatusOk()
			.bodyJson()
			.satisfies((json) -> {
				assertThat(json).extractingPath("$[0].sentAt").asString().endsWith("Z");
				assertThat(json).isLenientlyEqualTo("""
						[ {
							"level": "success", "name": "success", "label": "Done", "text": "Foto Katze geändert, 1",
							"tags": "big success", "href": "/app/photos/7",
							"action": { "href": "/app/photos/undo", "label": "Zurück" }
						}, {
							"level": "31", "name": null, "label": "", "text": "Plain words", "tags": "", "href": null,
							"action": null
						} ]
						""");
			});
		assertThat(page("en")).doesNotContain("data-level");
	}

	private void send(FlashLevel level, Text text) {
		this.sender.send("ann", level, text);
	}

	private void sendAllNamed() {
		for (FlashLevel level : List.of(FlashLevel.INFO, FlashLevel.SUCCESS, FlashLevel.WARNING, FlashLevel.ERROR)) {
			send(level, Text.of("x"));
		}
	}

	private String page(String language) {
		return page("/app/page", language);
	}

	private String recent(String language) {
		return page("/app/recent", language);
	}

	private String page(String path, String language) {
		return assertThat(this.mvc.get()
			.uri(path)
			.contextPath("/app")
			.header("Accept-Language", language)
			.locale(Locale.forLanguageTag(language))
			.with(user("ann"))).hasStatusOk().bodyText().actual();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = JdbcSessionAutoConfiguration.class)
	@Import({ SqlLog.class, PageController.class })
	static class Configuration {

		@Bean
		MessageSource messageSource() {
			StaticMessageSource messages = new StaticMessageSource();
			messages.addMessage("photo.changed", Locale.GERMAN, "Foto {0} geändert, {1}");
			messages.addMessage("photo.changed", Locale.FRENCH, "Photo {0} changée, {1}");
			messages.addMessage("greeting", Locale.ENGLISH, "Hello {0}");
			messages.addMessage("undo", Locale.GERMAN, "Zurück");
			return messages;
		}

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

	@Controller
	static class PageController {

		private final FlashMessages flash;

		PageController(FlashMessages flash) {
			this.flash = flash;
		}

		@GetMapping("/page")
		String page() {
			return "example/messages";
		}

		@GetMapping("/badge")
		String badge() {
			return "example/badge";
		}

		@GetMapping("/recent")
		String recent() {
			return "example/recent";
		}

		@GetMapping("/preview")
		String preview(Model model, Locale locale) {
			model.addAttribute("previews",
					List.of(this.flash.preview(
							FlashDraft.of(FlashLevel.DEBUG, Text.of("photo.changed", "Katze", 1).link("/photos/7")),
							locale)));
			return "example/preview";
		}

		@GetMapping("/silent")
		String silent() {
			return "example/silent";
		}

		@GetMapping("/take")
		@ResponseBody
		List<FlashMessage> take() {
			return this.flash.take();
		}

		@GetMapping("/messages")
		@ResponseBody
		List<ShownMessage> messages(Locale locale) {
			return this.flash.take(locale);
		}

	}

}

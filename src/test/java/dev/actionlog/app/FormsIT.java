package dev.actionlog.app;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what all forms have in common.
 */
class FormsIT {

	/** The paths that take a form, each with fields that are wrong. */
	static final Iterable<Arguments> FORMS = Stream
		.of(Arguments.of("/sign-up", new String[] { "username", "?", "password", "password" }),
				Arguments.of("/recover",
						new String[] { "username", "ann", "code", "wrong", "newPassword", "correct horse" }),
				Arguments.of("/settings/recovery-code", new String[] { "password", "wrong" }),
				Arguments.of("/profile/name", new String[] { "name", "" }),
				Arguments.of("/profile/photo", new String[] {}),
				Arguments.of("/profile/password", new String[] { "currentPassword", "wrong", "newPassword", "short" }),
				Arguments.of("/profile/actions/keep", new String[] { "keep", "101" }),
				Arguments.of("/settings", new String[] { "language", "tlh", "timeZone", "Mars/Base" }),
				Arguments.of("/settings/delete", new String[] { "password", "wrong" }),
				Arguments.of("/settings/passkeys/password", new String[] { "password", "wrong" }))
		.toList();

	private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]+)\"");

	private static final Pattern REFERENCE = Pattern
		.compile("\\s(?:for|list|aria-describedby|aria-labelledby)=\"([^\"]*)\"|\\shref=\"#([^\"]+)\"");

	private static final Pattern SUMMARY = Pattern.compile("<section class=\"errors\"[^>]*>.*?</section>",
			Pattern.DOTALL);

	private static final Pattern SUMMARY_LINK = Pattern.compile("<a href=\"#(\\w+)\">([^<]*): ([^<]*)</a>");

	private static final Pattern INVALID = Pattern.compile("<\\w+ id=\"(\\w+)\"[^>]*\\saria-invalid=\"true\"[^>]*>");

	private final App app = App.on(Database.H2);

	@ParameterizedTest
	@FieldSource("FORMS")
	void aFormWithErrorsIsABadRequest(String path, String[] fields) {
		Answer answer = send(path, fields);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).isNotEmpty();
	}

	@ParameterizedTest
	@FieldSource("FORMS")
	void theFieldsWithErrorsAreInvalidAndDescribedByThem(String path, String[] fields) {
		String page = send(path, fields).text();
		List<MatchResult> invalid = INVALID.matcher(page).results().toList();
		assertThat(invalid).extracting((field) -> field.group(1) + "-error")
			.containsExactlyElementsOf(ids(page).filter((id) -> id.endsWith("-error")).toList())
			.isNotEmpty();
		assertThat(invalid).allSatisfy((field) -> assertThat(field.group())
			.containsPattern("aria-describedby=\"(\\w+-help )?" + field.group(1) + "-error\""));
	}

	@ParameterizedTest
	@FieldSource("FORMS")
	void theTitleOfARefusedFormSaysSo(String path, String[] fields) {
		Answer answer = send(path, fields);
		assertThat(answer.text()).contains("<title>Error: " + answer.title() + " – actionlog</title>");
	}

	@ParameterizedTest
	@FieldSource("FORMS")
	void oneWrongFieldHasTheFocusAndSeveralHaveASummaryInTheirForm(String path, String[] fields) {
		Answer answer = send(path, fields);
		String page = answer.text();
		List<MatchResult> invalid = INVALID.matcher(page).results().toList();
		if (invalid.size() == 1) {
			assertThat(page).doesNotContainPattern(SUMMARY);
			assertThat(invalid.get(0).group()).containsPattern("\\sautofocus[\\s=>]");
			return;
		}
		assertThat(invalid).noneMatch((field) -> field.group().contains("autofocus"));
		List<MatchResult> summaries = SUMMARY.matcher(page).results().toList();
		assertThat(summaries).hasSize(1);
		assertThat(summaries.get(0).group()).contains(" autofocus");
		List<MatchResult> links = SUMMARY_LINK.matcher(summaries.get(0).group()).results().toList();
		assertThat(links).extracting((link) -> link.group(1))
			.containsExactlyInAnyOrderElementsOf(invalid.stream().map((field) -> field.group(1)).toList());
		assertThat(links).allSatisfy((link) -> {
			assertThat(page).contains("<label for=\"" + link.group(1) + "\">" + link.group(2) + "</label>");
			assertThat(answer.errors()).contains(HtmlUtils.htmlUnescape(link.group(3)));
		});
		int form = page.lastIndexOf("<form ", summaries.get(0).start());
		assertThat(page.substring(form, summaries.get(0).start())).contains("action=\"" + path + "\"")
			.doesNotContain("</form>");
	}

	@ParameterizedTest
	@FieldSource("FORMS")
	void nothingOnAPageWithErrorsRefersToWhatIsNotThere(String path, String[] fields) {
		assertThatReferencesResolve(send(path, fields));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/sign-up", "/login", "/login?error", "/recover", "/profile", "/profile/edit",
			"/profile/actions", "/settings", "/settings/recovery-code", "/recovery-code", "/settings/passkeys",
			"/settings/export", "/settings/security" })
	void nothingOnAPageRefersToWhatIsNotThere(String path) {
		for (Browser browser : List.of(this.app.browser(), this.app.signUp(App.newName()))) {
			Answer answer = browser.get(path);
			assertThat(answer.text()).doesNotContain("aria-invalid", "<title>Error: Sign up", "??");
			assertThatReferencesResolve(answer);
		}
	}

	private static void assertThatReferencesResolve(Answer answer) {
		List<String> ids = ids(answer.text()).toList();
		assertThat(ids).doesNotHaveDuplicates();
		assertThat(REFERENCE.matcher(answer.text())
			.results()
			.map((match) -> (match.group(1) != null) ? match.group(1) : match.group(2))
			.flatMap((value) -> Stream.of(value.split(" ")))).isSubsetOf(ids);
	}

	private static Stream<String> ids(String page) {
		return ID.matcher(page).results().map((match) -> match.group(1));
	}

	private Answer send(String path, String[] fields) {
		Browser browser = List.of("/sign-up", "/recover").contains(path) ? this.app.browser()
				: this.app.signUp(App.newName());
		return browser.post(path, fields);
	}

}

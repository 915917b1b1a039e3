package dev.actionlog.app.admin;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.actionlog.flash.Announcements;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Endpoint;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the admin area, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class AnnouncementIT {

	private static final String PAGE = "/admin/messages";

	private static final Pattern HIDDEN = Pattern
		.compile("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\"");

	private static final Pattern ID = Pattern.compile(PAGE + "/([0-9a-f-]{36})/withdraw");

	private final App app;

	private final String name;

	private final Browser admin;

	/** What the tests find only their own messages by. */
	private final String words = "Maintenance " + App.newName();

	AnnouncementIT(Database database) {
		this.app = App.on(database);
		this.name = this.app.newAdmin();
		this.admin = this.app.signIn(this.name);
		this.admin.get("/profile");
	}

	/**
	 * Other tests' users would see the messages, too.
	 */
	@AfterEach
	void withdrawAll() {
		this.app.clock().reset();
		Announcements announcements = this.app.bean(Announcements.class);
		announcements.list(Announcements.MAX_LIST).forEach((it) -> announcements.withdraw(it.id()));
	}

	@Test
	void isNoPageForAnybodyElse() {
		Browser user = this.app.signUp(App.newName());
		user.get("/profile");
		Browser visitor = this.app.browser();
		Answer nowhere = user.get("/nowhere");
		assertThat(this.app.endpoints()).filteredOn((endpoint) -> endpoint.path().startsWith("/admin/"))
			.hasSizeGreaterThan(8)
			.flatExtracting((endpoint) -> List.of(endpoint.path(), endpoint.path().replace("/admin", "/%61dmin")))
			.contains(PAGE)
			.allSatisfy((path) -> {
				for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")) {
					Answer answer = send(user, method, (String) path);
					assertThat(answer.status()).as("%s %s", method, path).isEqualTo(404);
					assertThat(answer.location()).isNullOrEmpty();
					if (method.equals("GET")) {
						assertThat(withoutToken(answer)).isEqualTo(withoutToken(nowhere));
					}
					Answer other = send(visitor, method, (String) path);
					Answer same = send(visitor, method, "/nowhere");
					assertThat(other.status()).as("%s %s", method, path).isEqualTo(same.status());
					assertThat(other.location().replaceAll("[?].*", ""))
						.isEqualTo(same.location().replaceAll("[?].*", ""));
				}
				assertThat(user.post((String) path).status()).isEqualTo(404);
			});
		assertThat(this.app.browser().with("Accept", "application/json").get(PAGE + "/users").status()).isEqualTo(401);
		assertThat(user.get("/admin").status()).isEqualTo(404);
		assertThat(visitor.cookies()).doesNotContain("SESSION");
	}

	private static Answer send(Browser browser, String method, String path) {
		return browser.send(method, path, BodyPublishers.ofString("words=x"), "application/x-www-form-urlencoded");
	}

	private static String withoutToken(Answer answer) {
		return answer.text().replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
	}

	@Test
	void isLinkedForAdministratorsOnly() {
		for (String page : List.of("/profile", "/settings", "/nowhere", "/messages")) {
			assertThat(this.admin.get(page).text()).contains("href=\"" + PAGE + "\"");
			assertThat(this.app.signUp(App.newName()).get(page).text()).doesNotContain("/admin");
			assertThat(this.app.browser().get(page).text()).doesNotContain("/admin");
		}
	}

	@Test
	void isForWhoSignsInWhileTheSettingNamesThem() {
		String user = App.newName();
		this.app.signUp(user);
		// an authority that is stored is not enough
		this.app.jdbc().sql("insert into authorities (username, authority) values (?, 'ADMIN')").param(user).update();
		assertThat(this.app.signIn(user).get(PAGE).status()).isEqualTo(404);
		assertThat(this.admin.get(PAGE).status()).isEqualTo(200);
	}

	@Test
	void anotherPasswordChangesNothing() {
		this.admin.post("/profile/password", "currentPassword", App.PASSWORD, "newPassword", "staple of another horse");
		assertThat(this.admin.get(PAGE).status()).isEqualTo(200);
		this.admin.post("/settings/recovery-code", "password", "staple of another horse");
		String code = this.admin.get("/recovery-code").recoveryCode();
		Browser other = this.app.browser();
		other.get("/recover");
		assertThat(other.post("/recover", "username", this.name, "code", code, "newPassword", App.PASSWORD).status())
			.isEqualTo(303);
		assertThat(other.get(PAGE).status()).isEqualTo(200);
		assertThat(this.app.signIn(this.name).get(PAGE).status()).isEqualTo(200);
		assertThat(this.app.jdbc()
			.sql("select authority from authorities where username = ?")
			.param(this.name)
			.query(String.class)
			.list()).containsExactly("ROLE_USER");
	}

	@Test
	void nobodySignsUpWithTheNameOfAnAdministrator() {
		for (String name : List.of("boss400", " BOSS400 ")) {
			assertThat(this.app.browser().post("/sign-up", "username", name, "password", App.PASSWORD).errors())
				.containsExactly("This name is taken. Choose another one.");
		}
	}

	@Test
	void aFormWithoutItsTokenHasExpired() {
		List<String> paths = this.app.endpoints()
			.stream()
			.filter((endpoint) -> endpoint.path().startsWith("/admin/") && endpoint.method().equals("POST"))
			.map(Endpoint::path)
			.toList();
		assertThat(paths).hasSize(4).allSatisfy((path) -> {
			Answer answer = this.admin.postWithoutToken(path, typed());
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.title()).isEqualTo("The form expired");
			assertThat(answer.text()).contains(" href=\"" + PAGE + "\">Go to the messages to users</a>");
		});
		assertThat(list()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "PUT, ''", "DELETE, /compose", "POST, /users", "PUT, /1/withdraw", "POST, /1/change" })
	void anotherMethodIsNotAllowed(String method, String path) {
		assertThat(this.admin.send(method, PAGE + path).status()).isEqualTo(405);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "level|debug|Choose one of the levels of the list.",
			"level|''|Choose one of the levels of the list.", "words|' \t '|Enter the words of the message.",
			"words|\u200b|Enter the words of the message.", "words|x*1001|Use at most 1,000 characters.",
			"portuguese|\u200b|Enter the words of the message.", "portuguese|x*1001|Use at most 1,000 characters.",
			"link|https://example.org|Enter a path on this site that begins with a slash, such as /settings.",
			"link|//example.org|Enter a path on this site that begins with a slash, such as /settings.",
			"link|javascript:alert(1)|Enter a path on this site that begins with a slash, such as /settings.",
			"link|/x*1001|Enter a path on this site that begins with a slash, such as /settings.",
			"from|tomorrow|Enter a date and a time, such as 2026-12-31T18:00.",
			"from|2026-02-30T10:00|Enter a date and a time, such as 2026-12-31T18:00.",
			"from|1*1001|Enter a date and a time, such as 2026-12-31T18:00.",
			"from|+999999999-12-31T23:59|Enter a time in the next ten years.",
			"until|9999-12-31T23:59|Enter a time in the next ten years.",
			"until|2020-01-01T00:00|Enter a time that is to come.",
			"until|-999999999-01-01T00:00|Enter a time that is to come.",
			"audience|some|Choose all users or those that you name.",
			"audience|named|Enter the names of the users that the message is for.",
			"recipients|ann|You named users below. Choose that the message is for them, or clear that field.",
			"recipients|x*8001|Use at most 8,000 characters." })
	void saysBesideTheFieldWhatIsWrong(String field, String typed, String error) {
		String value = typed.matches(".\\*\\d+") ? typed.substring(0, 1).repeat(Integer.parseInt(typed.substring(2)))
				: typed.replaceFirst("x\\*1001", "x".repeat(1001));
		for (String path : List.of("/preview", "")) {
			Answer answer = this.admin.post(PAGE + path, typed("link", "/settings", field, value));
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.title()).isEqualTo("Write a message");
			assertThat(answer.errors()).containsExactly(error);
			assertThat(answer.text())
				.contains(">" + (field.equals("words") ? value.strip() : this.words) + "</textarea>");
			if (!field.equals("link")) {
				assertThat(answer.text()).contains("value=\"/settings\"");
			}
		}
		assertThat(list()).isEmpty();
	}

	@Test
	void anEndIsAfterTheBeginning() {
		Answer answer = this.admin.post(PAGE + "/preview", typed("from", inHours(3), "until", inHours(2)));
		assertThat(answer.errors()).containsExactly("Enter a time after the beginning.");
		assertThat(answer.text()).contains("value=\"" + inHours(3) + "\"", "value=\"" + inHours(2) + "\"");
	}

	@Test
	void tellsNamesThatNobodyHasAndWhoMayBeMeant() {
		String user = "maria." + App.newName();
		this.app.signUp(user);
		String typo = user.replace("ria", "ira");
		Answer answer = this.admin.post(PAGE + "/preview",
				typed("audience", "named", "recipients", user.toUpperCase(Locale.ROOT) + ", " + typo));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("There is no user " + typo + ". Did you mean " + user + "?");
		answer = this.admin.post(PAGE + "/preview",
				typed("audience", "named", "recipients", "<i>&'{0} q7,j7\n" + "d".repeat(33) + " e"));
		assertThat(answer.errors()).containsExactly("There is no user <i>&'{0}, q7, j7 (nor 2 more).");
		assertThat(answer.text()).doesNotContain("<i>&");
	}

	@Test
	void previewIsAsReadersSeeItAndConsumesNothing() {
		Answer answer = this.admin.post(PAGE + "/preview", typed("level", "warning", "words", this.words + " <i>",
				"portuguese", "Manutenção", "link", "/settings"));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.samples()).containsExactly(this.words + " <i>", "Manutenção");
		assertThat(this.admin.get(PAGE + "/preview").location()).isEqualTo(PAGE + "/compose");
		assertThat(answer.text()).containsSubsequence("lang=\"en\"", "data-level=\"warning\"",
				"<strong>Warning:</strong>", "href=\"/settings\"", "lang=\"pt-BR\"", "data-level=\"warning\"",
				"<strong>Aviso:</strong>", "href=\"/settings\"");
		assertThat(list()).isEmpty();
		assertThat(this.admin.get("/profile").messages()).isEmpty();
		// all of it comes back
		assertThat(this.admin.post(PAGE + "/compose", hidden(answer)).text()).contains(
				">" + this.words + " &lt;i&gt;</textarea>", ">Manutenção</textarea>",
				"<option value=\"warning\" selected", "value=\"/settings\"");
	}

	@Test
	void confirmationSaysHowManyItReaches() {
		long users = this.app.jdbc().sql("select count(*) from account").query(Long.class).single();
		assertThat(this.admin.post(PAGE + "/preview", typed()).text())
			.contains("It is for all users: " + String.format("%,d", users)
					+ " have an account now, and those who sign up until its end see it, too.");
		String user = App.newName();
		this.app.signUp(user);
		assertThat(this.admin
			.post(PAGE + "/preview", typed("audience", "named", "recipients", user + " " + this.name + "," + user))
			.text()).contains("It is for 2 users.");
	}

	@Test
	void everybodyIsShownItOnceInTheirLanguage() {
		Browser english = this.app.signUp(App.newName());
		Browser portuguese = this.app.signUp(App.newName());
		portuguese.post("/settings", "language", "pt-BR", "timeZone", "UTC");
		Stream.of(english, portuguese).forEach((browser) -> browser.get("/profile"));
		assertThat(send("portuguese", "Manutenção").location()).isEqualTo(PAGE);
		Browser late = this.app.signUp(App.newName());
		assertThat(english.get("/profile").messages()).containsExactly(this.words);
		assertThat(portuguese.get("/profile").messages()).containsExactly("Manutenção");
		assertThat(late.get("/profile").messages()).contains(this.words);
		for (Browser browser : List.of(english, portuguese, late)) {
			assertThat(browser.get("/profile").messages()).isEmpty();
			assertThat(browser.get("/messages").text()).containsAnyOf(this.words, "Manutenção");
		}
		// the administrator is one of them
		Answer page = this.admin.get(PAGE);
		assertThat(page.messages()).containsExactly("Message to all users sent: " + this.words, this.words);
		assertThat(this.admin.get(PAGE).text()).contains(">Live</span>", "seen by 4", "Sent by " + this.name);
	}

	@Test
	void onlyWhoIsNamedIsShownIt() {
		String user = App.newName();
		Browser named = this.app.signUp(user);
		Browser other = this.app.signUp(App.newName());
		send("audience", "named", "recipients", user);
		assertThat(named.get("/profile").messages()).contains(this.words);
		assertThat(other.get("/profile").messages()).doesNotContain(this.words);
		assertThat(this.admin.get(PAGE).text()).contains("For one user", "seen by one");
	}

	@Test
	void aFormThatIsSentTwicePublishesOnce() throws Exception {
		String[] fields = hidden(this.admin.post(PAGE + "/preview", typed()));
		String token = this.admin.token();
		Together.run(4, (thread) -> {
			Browser tab = this.app.browser().with("Cookie", this.admin.cookieHeader());
			List<String> all = new ArrayList<>(List.of(fields));
			all.addAll(List.of("_csrf", token));
			assertThat(tab.postWithoutToken(PAGE, all.toArray(String[]::new)).status()).isEqualTo(303);
		});
		assertThat(list()).hasSize(1);
		assertThat(this.app.log(this.name)).containsOnlyOnce("announcement.sent");
	}

	@Test
	void changesAreRecorded() {
		send("from", inHours(1));
		String id = list().get(0);
		Answer form = this.admin.get(PAGE + "/" + id + "/change");
		assertThat(form.title()).isEqualTo("Change a message");
		assertThat(form.text()).contains(">" + this.words + "</textarea>", "value=\"" + inHours(1) + "\"");
		assertThat(this.admin.post(PAGE, typed("id", id, "words", this.words + " later", "from", inHours(2))).status())
			.isEqualTo(303);
		assertThat(this.admin.get(PAGE).text()).contains(">" + this.words + " later</strong>", ">Planned</span>");
		assertThat(withdraw(id).location()).isEqualTo(PAGE);
		assertThat(this.admin.get(PAGE).messages())
			.containsExactly("Message to all users withdrawn: " + this.words + " later");
		assertThat(this.app.log(this.name)).containsExactly("announcement.withdrawn", "announcement.changed",
				"announcement.sent");
		assertThat(this.app.events(this.name)).containsExactly("ANNOUNCEMENT_WITHDRAWN", "ANNOUNCEMENT_CHANGED",
				"ANNOUNCEMENT_SENT", "SIGNED_IN");
		assertThat(this.admin.get("/settings/security").text()).contains("Message to users withdrawn",
				"Message to users changed", "Message to users sent");
		assertThat(this.admin.get("/profile").actions()).contains("Message to all users sent: " + this.words);
	}

	@Test
	void aChangeThatIsRefusedIsNotRecorded() {
		String user = App.newName();
		this.app.signUp(user).post("/settings/delete", "password", App.PASSWORD);
		this.admin.post(PAGE, typed("audience", "named", "recipients", user));
		assertThat(this.app.log(this.name)).isEmpty();
	}

	@Test
	void whatWasWithdrawnIsNotShown() {
		Browser user = this.app.signUp(App.newName());
		user.get("/profile");
		send();
		String id = list().get(0);
		Answer page = this.admin.get(PAGE + "/" + id + "/withdraw");
		assertThat(page.text()).contains(this.words, "Yes, withdraw it");
		withdraw(id);
		assertThat(user.get("/profile").messages()).isEmpty();
		assertThat(this.admin.get(PAGE).text()).contains(">Withdrawn</span>")
			.doesNotContain(id + "/withdraw", id + "/change");
		assertThat(withdraw(id).location()).isEqualTo(PAGE);
		assertThat(this.admin.get(PAGE).messages())
			.containsExactly("Nothing was withdrawn: the message has ended, or was withdrawn before.");
		assertThat(this.admin.get(PAGE + "/" + id + "/withdraw").status()).isEqualTo(409);
		assertThat(this.admin.get(PAGE + "/" + id + "/change").status()).isEqualTo(409);
	}

	@Test
	void whatHasBegunIsNotChanged() {
		send();
		String id = list().get(0);
		this.admin.get(PAGE);
		assertThat(this.admin.get(PAGE + "/" + id + "/change").status()).isEqualTo(409);
		Answer answer = this.admin.post(PAGE, typed("id", id, "words", "Other words"));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text()).contains(">Other words</textarea>",
				"Nothing was changed: the message has begun, was withdrawn, or is not there any more.");
		assertThat(this.app.log(this.name)).doesNotContain("announcement.changed");
		// what was typed can be sent as another message
		assertThat(answer.text()).contains("name=\"id\" value=\"\"");
		Answer preview = this.admin.post(PAGE + "/preview", typed("words", this.words + " again"));
		assertThat(this.admin.post(PAGE, hidden(preview)).location()).isEqualTo(PAGE);
		assertThat(list()).hasSize(2).contains(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "0b7cbf1e-0000-4000-8000-000000000000", "%00", "' or ''='" })
	void whatIsNotThereIsNotFound(String id) {
		String path = PAGE + "/" + id.replace(" ", "%20").replace("'", "%27");
		assertThat(this.admin.get(path + "/withdraw").status()).isIn(404, 400);
		assertThat(this.admin.get(path + "/change").status()).isIn(404, 400);
		assertThat(this.admin.post(path + "/withdraw").status()).isIn(404, 400);
	}

	@Test
	void aUserWhoIsDeletedMeanwhileIsToldBesideTheField() {
		String user = "leaving." + App.newName();
		Browser leaving = this.app.signUp(user);
		Answer preview = this.admin.post(PAGE + "/preview", typed("audience", "named", "recipients", user));
		leaving.post("/settings/delete", "password", App.PASSWORD);
		Answer answer = this.admin.post(PAGE, hidden(preview));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).singleElement().asString().startsWith("There is no user " + user);
		assertThat(answer.text()).contains(">" + this.words + "</textarea>");
		assertThat(list()).isEmpty();
	}

	@Test
	void thePasswordIsAskedForWhereItWasEnteredLongAgo() {
		this.app.clock().advance(Duration.ofMinutes(16));
		Answer preview = this.admin.post(PAGE + "/preview", typed());
		assertThat(preview.text()).contains("type=\"password\"");
		Answer again = this.admin.post(PAGE, hidden(preview));
		assertThat(again.title()).isEqualTo("Preview of the message");
		assertThat(list()).isEmpty();
		List<String> fields = new ArrayList<>(List.of(hidden(again)));
		fields.addAll(List.of("password", "wrong"));
		Answer wrong = this.admin.post(PAGE, fields.toArray(String[]::new));
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.errors()).containsExactly("This is not your password.");
		fields.set(fields.size() - 1, App.PASSWORD);
		assertThat(this.admin.post(PAGE, fields.toArray(String[]::new)).status()).isEqualTo(303);
		String id = list().get(0);
		this.app.clock().advance(Duration.ofMinutes(16));
		assertThat(withdraw(id).text()).contains("type=\"password\"");
		assertThat(list()).hasSize(1);
		assertThat(this.admin.post(PAGE + "/" + id + "/withdraw", "password", App.PASSWORD).status()).isEqualTo(303);
		assertThat(list()).isEmpty();
	}

	@Test
	void namesAreSuggestedByTheirBeginning() {
		String common = "zq_" + App.newName();
		for (int i = 10; i < 22; i++) {
			this.app.signUp(common + i);
		}
		String other = common.replace('_', 'x') + "10";
		this.app.signUp(other);
		assertThat(suggestions(common.toUpperCase(Locale.ROOT))).isEqualTo(Stream.iterate(10, (number) -> number + 1)
			.limit(10)
			.map((number) -> "\"" + common + number + "\"")
			.collect(Collectors.joining(",", "[", "]")));
		for (String nothing : List.of("", "z", "z".repeat(33), "%25", "__", "'--")) {
			assertThat(suggestions(nothing)).isEqualTo("[]");
		}
	}

	@Test
	void tooManySuggestionsAreDelayed() {
		this.app.bean(FlashSender.class).send(this.name, FlashLevel.INFO, "waits");
		int status = 200;
		for (int i = 0; i < 400 && status == 200; i++) {
			status = this.admin.get(PAGE + "/users?begin=zq").status();
		}
		assertThat(status).isEqualTo(429);
	}

	@ParameterizedTest
	@ValueSource(strings = { PAGE, PAGE + "/compose" })
	void noScriptOrStyleIsInline(String path) {
		assertThat(this.admin.get(path).text())
			.doesNotContainPattern("<style|<script(?![^>]* src=)|\\sstyle=|\\son\\w+=");
	}

	@Test
	void listIsBoundedTheNewestFirst() {
		for (int i = 0; i < 52; i++) {
			send("words", this.words + " no " + i + ".", "from", "2035-01-01T00:00");
		}
		String page = this.admin.get(PAGE).text();
		assertThat(page).containsSubsequence(this.words + " no 51.", this.words + " no 50.", this.words + " no 2.")
			.doesNotContain(this.words + " no 1.</strong>");
		assertThat(Pattern.compile("<li>\\s*<div id=\"message-").matcher(page).results()).hasSize(50);
	}

	private String suggestions(String begin) {
		return this.admin.get(PAGE + "/users?begin=" + begin).text();
	}

	private Answer send(String... fields) {
		return this.admin.post(PAGE, typed(fields));
	}

	private Answer withdraw(String id) {
		return this.admin.post(PAGE + "/" + id + "/withdraw");
	}

	/**
	 * The fields of a form for all users, of which some are replaced.
	 */
	private String[] typed(String... replaced) {
		Map<String, String> fields = new LinkedHashMap<>(
				Map.of("level", "info", "words", this.words, "audience", "all"));
		for (int i = 0; i < replaced.length; i += 2) {
			fields.put(replaced[i], replaced[i + 1]);
		}
		return fields.entrySet()
			.stream()
			.flatMap((field) -> Stream.of(field.getKey(), field.getValue()))
			.toArray(String[]::new);
	}

	/**
	 * The hidden fields of the preview.
	 */
	private static String[] hidden(Answer preview) {
		String form = preview.text().substring(preview.text().indexOf("id=\"confirm-title\""));
		return HIDDEN.matcher(form)
			.results()
			.flatMap((match) -> Stream.of(match.group(1), HtmlUtils.htmlUnescape(match.group(2))))
			.toArray(String[]::new);
	}

	/**
	 * The ids of this test's messages that can be withdrawn.
	 */
	private List<String> list() {
		String page = this.admin.get(PAGE, "Sec-Purpose", "prefetch").text();
		return Stream.of(page.split("<li>"))
			.filter((item) -> item.contains(this.words))
			.flatMap((item) -> ID.matcher(item).results().map((match) -> match.group(1)))
			.distinct()
			.toList();
	}

	private String inHours(int hours) {
		return Instant.now()
			.plus(hours, ChronoUnit.HOURS)
			.atZone(ZoneOffset.UTC)
			.toLocalDateTime()
			.toString()
			.substring(0, 16);
	}

}

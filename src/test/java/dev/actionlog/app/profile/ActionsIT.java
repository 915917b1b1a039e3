package dev.actionlog.app.profile;

import java.util.Map;
import java.util.stream.IntStream;

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
 * Tests for the list of recent actions, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class ActionsIT {

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	ActionsIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void theNewestTenAreKept() {
		rename(15);
		String[] newest = IntStream.iterate(15, (i) -> i - 1)
			.limit(10)
			.mapToObj((i) -> "Name changed to Name " + i)
			.toArray(String[]::new);
		assertThat(this.browser.get("/profile").actions()).containsExactly(newest);
		assertThat(this.browser.get("/profile/actions").actions()).containsExactly(newest);
		assertThat(this.app.log(this.name)).hasSize(10);
	}

	@Test
	void jsonHasThisForm() {
		this.browser.post("/profile/name", "name", "Ann");
		this.browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10)));
		Answer answer = this.browser.with("Accept", "application/json").get("/profile/actions");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("application/json");
		assertThat(answer.text()
			.replaceAll("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\"", "\"…Z\"")
			.replaceAll("\"\\d{4}-\\d\\d-\\d\\d\"", "\"…\"")
			.replaceAll("\"label\":\"[^\"]+\"", "\"label\":\"…\"")
			.replaceAll("\"time\":\"\\d\\d:\\d\\d\"", "\"time\":\"…\"")
			.replaceAll("\"zone\":\"[^\"]+\"", "\"zone\":\"…\"")
			.replaceAll("Times are in [^\"]+\\.", "Times are in …."))
			.isEqualTo("{\"title\":\"Recent actions\",\"days\":[{\"date\":\"…\",\"nearby\":\"Today\",\"label\":\"…\","
					+ "\"entries\":[{\"recordedAt\":\"…Z\",\"time\":\"…\",\"code\":\"photo.changed\","
					+ "\"text\":\"Photo changed\",\"mark\":\"New\"},"
					+ "{\"recordedAt\":\"…Z\",\"time\":\"…\",\"code\":\"name.changed\","
					+ "\"text\":\"Name changed to Ann\"},"
					+ "{\"recordedAt\":\"…Z\",\"time\":\"…\",\"code\":\"signed.up\"," + "\"text\":\"Signed up\"}]}],"
					+ "\"notes\":[\"The newest 10 actions are kept.\",\"Times are in ….\"],"
					+ "\"keep\":10,\"zone\":\"…\",\"now\":\"…Z\"}");
	}

	@Test
	void isDownloadedAsTheSameJson() {
		Answer file = this.browser.get("/profile/actions/download");
		assertThat(file.header("Content-Type")).isEqualTo("application/json");
		assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"recent-actions.json\"");
		assertThat(file.text().replaceAll("\"now\":\"[^\"]+\"", ""))
			.isEqualTo(this.browser.with("Accept", "application/json")
				.get("/profile/actions")
				.text()
				.replaceAll("\"now\":\"[^\"]+\"", ""));
	}

	@Test
	void jsonIsOnlyForRequestsThatPreferIt() {
		assertThat(contentType("*/*")).startsWith("text/html");
		assertThat(contentType("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"))
			.startsWith("text/html");
		assertThat(contentType("text/html")).startsWith("text/html");
		assertThat(contentType("application/json, */*;q=0.1")).startsWith("application/json");
	}

	@Test
	void clearingLeavesOneActionThatSaysSo() {
		rename(2);
		Answer answer = this.browser.post("/profile/actions/clear");
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/profile");
		assertThat(this.app.log(this.name)).containsExactly("actions.cleared");
		Answer profile = this.browser.get("/profile");
		assertThat(profile.actions()).containsExactly("You cleared the list");
		assertThat(profile.messages()).contains("You cleared the list");
		this.browser.post("/profile/actions/clear");
		assertThat(this.app.log(this.name)).containsExactly("actions.cleared");
	}

	@Test
	void aLowerNumberIsAskedAboutAndThenTrimsAndIsRemembered() {
		rename(5);
		Answer question = keep("3");
		assertThat(question.status()).isEqualTo(200);
		assertThat(question.title()).isEqualTo("Keep fewer actions");
		assertThat(question.text()).contains("3 older actions will be deleted for good.", "Delete 3 actions",
				"action=\"/profile/actions/keep\"", "name=\"keep\" value=\"3\"", "name=\"confirmed\" value=\"true\"");
		assertThat(this.app.log(this.name)).hasSize(6);
		Answer answer = confirm("3");
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/profile");
		assertThat(this.app.log(this.name)).hasSize(3);
		rename(1);
		Answer profile = this.browser.get("/profile");
		assertThat(profile.actions()).containsExactly("Name changed to Name 1", "Name changed to Name 5",
				"Name changed to Name 4");
		assertThat(profile.text()).contains("The newest 3 actions are kept.", "value=\"3\"");
	}

	@Test
	void asksAboutOneActionInTheSingular() {
		rename(1);
		assertThat(keep("1").text()).contains("One older action will be deleted for good.", "Delete one action");
	}

	@Test
	void aLowerNumberThatDeletesNothingIsNotAskedAbout() {
		assertThat(keep("5").location()).isEqualTo("/profile");
		assertThat(this.browser.get("/profile").messages()).contains("The newest 5 actions are kept from now on");
	}

	@Test
	void onlyTheWordTrueIsAConfirmation() {
		rename(2);
		for (String word : new String[] { "", "false", "x", "x".repeat(20_000) }) {
			Answer answer = this.browser.post("/profile/actions/keep", "keep", "1", "confirmed", word);
			assertThat(answer.title()).isEqualTo("Keep fewer actions");
		}
		assertThat(this.app.log(this.name)).hasSize(3);
	}

	@Test
	void aConfirmedNumberHasTheSameRange() {
		assertThat(confirm("0").errors()).containsExactly("Enter a number from 1 to 100.");
	}

	@Test
	void theSameNumberIsNoChange() {
		this.browser.get("/profile");
		assertThat(keep("10").location()).isEqualTo("/profile");
		assertThat(this.browser.get("/profile").messages()).isEmpty();
	}

	@Test
	void aHigherNumberKeepsMoreAndAPageShowsTen() {
		keep("100");
		rename(12);
		Answer profile = this.browser.get("/profile");
		assertThat(profile.actions()).hasSize(13);
		assertThat(profile.text()).contains("<details class=\"older\">", ">Show 3 more</summary>");
		Answer all = this.browser.get("/profile/actions");
		assertThat(all.actions()).isEqualTo(profile.actions());
		assertThat(all.text()).doesNotContain("<details class=\"older\"");
		assertThat(this.browser.with("Accept", "application/json").get("/profile/actions").text())
			.contains("\"more\":\"Show 3 more\",\"keep\":100");
	}

	@Test
	void whatIsDoneSeveralTimesInARowIsOneLine() {
		for (int i = 0; i < 3; i++) {
			this.browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10)));
		}
		rename(1);
		Answer profile = this.browser.get("/profile");
		assertThat(profile.actions()).containsExactly("Name changed to Name 1", "Photo changed", "Signed up");
		assertThat(profile.text()).contains("<details><summary>×3</summary>");
		assertThat(this.app.log(this.name)).hasSize(5);
	}

	@Test
	void takesOneToOneHundred() {
		assertThat(keep("1").status()).isEqualTo(303);
		assertThat(keep(" 100 ").status()).isEqualTo(303);
		for (String typed : new String[] { "0", "101", "-1", "abc", "1.5", "01", "99999999999", "<b>", "" }) {
			Answer answer = keep(typed);
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errors()).containsExactly("Enter a number from 1 to 100.");
			assertThat(answer.text()).contains("value=\"" + typed.replace("<", "&lt;").replace(">", "&gt;") + "\"");
		}
		assertThat(this.browser.post("/profile/actions/keep").errors())
			.containsExactly("Enter a number from 1 to 100.");
		assertThat(this.browser.get("/profile").text()).contains("The newest 100 actions are kept.");
	}

	private Answer keep(String typed) {
		return this.browser.post("/profile/actions/keep", "keep", typed);
	}

	private Answer confirm(String typed) {
		return this.browser.post("/profile/actions/keep", "keep", typed, "confirmed", "true");
	}

	private void rename(int times) {
		IntStream.rangeClosed(1, times).forEach((i) -> this.browser.post("/profile/name", "name", "Name " + i));
	}

	private String contentType(String accept) {
		return this.browser.with("Accept", accept).get("/profile/actions").header("Content-Type");
	}

}

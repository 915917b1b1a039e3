package dev.actionlog.app.security;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the security events, and for the notice about a sign-in from a new device.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class SecurityEventIT {

	private static final String PAGE = "/settings/security";

	private static final String QUESTION = "Was it you?";

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	SecurityEventIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
		this.browser.get("/recovery-code");
	}

	@Test
	void whoClearsTheListLeavesATrace() {
		Browser stranger = this.app.signIn(this.name);
		stranger.post("/profile/actions/clear");
		stranger.get("/profile");
		assertThat(events()).containsExactly("ACTIONS_CLEARED", "SIGNED_IN", "SIGNED_IN");
		assertThat(this.browser.get(PAGE).text()).contains("Recent actions cleared", "127.0.0.0/24");
	}

	@Test
	void eachKindOfEventIsRecorded() {
		this.browser.post("/profile/actions/keep", "keep", "5");
		this.browser.post("/profile/actions/keep", "keep", "7");
		this.browser.post("/settings/export");
		this.browser.post("/settings/recovery-code", "password", App.PASSWORD);
		this.browser.post("/profile/password", "currentPassword", "wrong", "newPassword", "another horse battery");
		this.browser.post("/profile/password", "currentPassword", App.PASSWORD, "newPassword", "another horse battery");
		assertThat(events()).containsExactly("PASSWORD_CHANGED", "WRONG_PASSWORD", "RECOVERY_CODE_RENEWED",
				"EXPORT_STARTED", "KEEP_LOWERED", "SIGNED_IN");
	}

	@Test
	void wrongPasswordsInARowAreOneEvent() {
		for (int i = 0; i < 3; i++) {
			this.app.browser()
				.with("X-Forwarded-For", "198.51.100." + i)
				.post("/login", "username", " " + this.name.toUpperCase(Locale.ROOT), "password", "wrong" + i);
		}
		assertThat(events()).containsExactly("WRONG_PASSWORD", "SIGNED_IN");
		assertThat(this.browser.get(PAGE).text()).contains("Wrong password or recovery code, 3 times",
				"198.51.100.0/24");
	}

	@Test
	void aNameWithControlCharactersAroundItIsTheSame() {
		for (String around : List.of("\u0001", " ".repeat(200), "\0\t")) {
			this.app.browser().post("/login", "username", around + this.name + around, "password", "wrong");
		}
		assertThat(events()).containsExactly("WRONG_PASSWORD", "SIGNED_IN");
		assertThat(this.browser.get(PAGE).text()).contains("Wrong password or recovery code, 3 times");
	}

	@Test
	void aNameWithoutAnAccountIsNoEvent() {
		long before = count();
		this.app.browser().post("/login", "username", App.newName(), "password", "wrong");
		this.app.browser().post("/login", "username", "\0", "password", "wrong");
		assertThat(count()).isEqualTo(before);
	}

	@Test
	void theNewestFiftyAreKept() {
		for (int i = 0; i < 30; i++) {
			this.browser.post("/profile/actions/keep", "keep", "50");
			this.browser.post("/profile/actions/keep", "keep", "1");
			this.browser.post("/profile/actions/clear");
		}
		assertThat(events()).hasSize(51).startsWith("ACTIONS_CLEARED", "KEEP_LOWERED").endsWith("SIGNED_IN");
	}

	@Test
	void signInsAndSignOutsPushNothingElseOut() {
		this.browser.post("/profile/actions/clear");
		for (int i = 0; i < 26; i++) {
			this.browser.post("/logout");
			this.browser.post("/login", "username", this.name, "password", App.PASSWORD);
		}
		assertThat(events()).hasSize(51).endsWith("ACTIONS_CLEARED");
		assertThat(this.browser.get(PAGE).text()).contains(">Signed out</strong>", "Recent actions cleared");
	}

	@Test
	void eventsGoAfterNinetyDays() {
		this.app.clock().advance(Duration.ofDays(91));
		try {
			assertThat(this.browser.get(PAGE).text()).contains("No events yet.");
			this.app.signIn(this.name);
			assertThat(events()).containsExactly("SIGNED_IN");
		}
		finally {
			this.app.clock().reset();
		}
	}

	@Test
	void theFirstDeviceAndOneThatComesAgainAreKnown() {
		this.browser.post("/logout");
		this.browser.post("/login", "username", this.name, "password", App.PASSWORD);
		assertThat(this.browser.get("/profile").text()).doesNotContain(QUESTION);
		assertThat(this.app.signIn(this.name).get("/profile").text()).doesNotContain(QUESTION);
	}

	@Test
	void aSignInFromANewDeviceIsAskedAboutUntilItIsAnswered() {
		Browser stranger = stranger();
		for (String page : List.of("/profile", "/settings", "/profile/actions", PAGE)) {
			assertThat(this.browser.get(page).text()).contains("New sign-in with Firefox on Linux. " + QUESTION);
			assertThat(stranger.get(page).text()).doesNotContain(QUESTION);
		}
		assertThat(answer(this.browser, true).location()).isEqualTo("/profile");
		assertThat(this.browser.get("/profile").text()).doesNotContain(QUESTION);
		assertThat(stranger.get("/profile").status()).isEqualTo(200);
		// now the device is known
		stranger.post("/logout");
		stranger.post("/login", "username", this.name, "password", App.PASSWORD);
		assertThat(this.browser.get("/profile").text()).doesNotContain(QUESTION);
	}

	@Test
	void theQuestionIsNotPushedOutByWhatTheNewDeviceDoes() {
		Browser stranger = stranger();
		for (int i = 0; i < 30; i++) {
			stranger.post("/profile/actions/keep", "keep", "50");
			stranger.post("/profile/actions/keep", "keep", "1");
			stranger.post("/profile/actions/clear");
		}
		assertThat(this.browser.get("/profile").text()).contains("New sign-in with Firefox on Linux. " + QUESTION);
		assertThat(this.browser.get(PAGE).text()).contains("Firefox on Linux");
		for (int i = 0; i < 51; i++) {
			stranger();
		}
		assertThat(waiting()).isEqualTo(50);
	}

	@Test
	void noEndsTheSessionAndLeadsToThePasswordForm() {
		Browser stranger = stranger();
		assertThat(answer(this.browser, false).header("Location")).endsWith("/profile/edit#password");
		assertThat(stranger.get("/profile").location()).startsWith("/login?expired");
		Answer page = this.browser.get("/profile");
		assertThat(page.messages()).anyMatch((message) -> message.startsWith("That device has been signed out"));
		assertThat(page.text()).doesNotContain(QUESTION);
		// it is asked about again
		stranger.post("/login", "username", this.name, "password", App.PASSWORD);
		assertThat(this.browser.get("/profile").text()).contains(QUESTION);
	}

	@Test
	void twoAnswersAtOnceAreOne() throws Exception {
		for (int i = 0; i < 5; i++) {
			stranger();
			String event = String.valueOf(newest());
			this.browser.token();
			Together.run(4, (thread) -> {
				Browser tab = this.app.browser().with("Cookie", this.browser.cookieHeader());
				assertThat(tab
					.postWithoutToken(PAGE + "/answer", "event", event, "own", "true", "_csrf", this.browser.token())
					.status()).isEqualTo(303);
			});
		}
		assertThat(waiting()).isZero();
	}

	@Test
	void newDevicesDoNotAnswerForEachOther() {
		Browser first = stranger();
		Browser second = stranger();
		String event = String.valueOf(newest());
		for (Browser intruder : List.of(first, second)) {
			assertThat(intruder.get("/profile").text()).doesNotContain(QUESTION);
			intruder.post(PAGE + "/answer", "event", event, "own", "true");
		}
		assertThat(waiting()).isEqualTo(2);
		assertThat(this.browser.get("/profile").text()).contains(QUESTION);
	}

	@Test
	void noEndsTheSessionsOfAllNewDevices() {
		List<Browser> intruders = List.of(stranger(), stranger());
		answer(this.browser, false);
		assertThat(intruders)
			.allSatisfy((intruder) -> assertThat(intruder.get("/profile").location()).startsWith("/login?expired"));
		assertThat(this.browser.get("/profile").text()).doesNotContain(QUESTION);
	}

	@Test
	void nothingThatAnIntruderDoesMakesTheQuestionGo() {
		Browser intruder = stranger();
		for (int i = 0; i < 26; i++) {
			intruder.post("/profile/actions/keep", "keep", "50");
			intruder.post("/profile/actions/keep", "keep", "1");
			intruder.post("/profile/actions/clear");
		}
		assertThat(this.browser.get("/profile").text()).contains(QUESTION);
		intruder.post(PAGE + "/sessions/end-others");
		this.browser.post("/login", "username", this.name, "password", App.PASSWORD);
		assertThat(this.browser.get("/profile").text()).contains(QUESTION);
		assertThat(intruder.get("/profile").text()).doesNotContain(QUESTION);
		assertThat(stranger().get("/profile").text()).doesNotContain(QUESTION);
	}

	@Test
	void aSessionOfAnotherUserPassesNothingOn() {
		String other = App.newName();
		Browser shared = this.app.browser();
		shared.post("/sign-up", "username", other, "password", App.PASSWORD);
		// the code of the other user waits to be shown
		shared.post("/login", "username", this.name, "password", App.PASSWORD);
		assertThat(shared.get("/recovery-code").location()).isEqualTo("/settings/recovery-code");
		assertThat(this.browser.get("/profile").text()).contains(QUESTION);
		String third = App.newName();
		shared.post("/sign-up", "username", third, "password", App.PASSWORD);
		assertThat(this.app.jdbc()
			.sql("select count(*) from security_event where username = ? and type = 'SIGNED_IN'")
			.param(third)
			.query(Long.class)
			.single()).isOne();
	}

	@Test
	void nobodyAnswersForAnother() {
		stranger();
		Browser other = this.app.signUp(App.newName());
		other.post(PAGE + "/answer", "event", String.valueOf(newest()), "own", "true");
		assertThat(waiting()).isOne();
	}

	@Test
	void anotherUserOfTheSameDeviceIsNoNewDevice() {
		Browser shared = this.app.signIn(this.name);
		answer(this.browser, true);
		shared.post("/logout");
		String other = App.newName();
		shared.post("/sign-up", "username", other, "password", App.PASSWORD);
		shared.get("/recovery-code");
		shared.post("/logout");
		shared.post("/login", "username", this.name, "password", App.PASSWORD);
		assertThat(this.browser.get("/profile").text()).doesNotContain(QUESTION);
	}

	@Test
	void theQuestionIsInPortugueseToo() {
		stranger();
		assertThat(this.browser.get("/settings", "Accept-Language", "pt-BR").status()).isEqualTo(200);
		this.browser.post("/settings", "language", "pt-BR", "timeZone", "America/Sao_Paulo");
		assertThat(this.browser.get("/profile").text()).contains("Nova entrada com Firefox no Linux. Foi você?");
	}

	private Browser stranger() {
		Browser stranger = this.app.browser()
			.with("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
		stranger.post("/login", "username", this.name, "password", App.PASSWORD);
		return stranger;
	}

	private Answer answer(Browser browser, boolean own) {
		return browser.post(PAGE + "/answer", "event", String.valueOf(newest()), "own", String.valueOf(own));
	}

	private List<String> events() {
		return this.app.events(this.name);
	}

	private long newest() {
		return this.app.jdbc()
			.sql("select max(id) from security_event where username = ?")
			.param(this.name)
			.query(Long.class)
			.single();
	}

	private long waiting() {
		return this.app.jdbc()
			.sql("select count(*) from security_event where username = ? and answer = 'waiting'")
			.param(this.name)
			.query(Long.class)
			.single();
	}

	private long count() {
		return this.app.jdbc().sql("select count(*) from security_event").query(Long.class).single();
	}

}

package dev.actionlog.app.account;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Authenticator;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for adding and removing passkeys and signing in with one, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class PasskeysIT {

	private static final String PAGE = "/settings/passkeys";

	private static final String FAILED = "/login?error=passkey";

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	private final Authenticator device = new Authenticator();

	PasskeysIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@AfterEach
	void resetClock() {
		this.app.clock().reset();
	}

	@Test
	void anAddedOneIsListedAndRecorded() {
		Answer answer = addFirst();
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo(PAGE);
		Answer page = this.browser.get(PAGE);
		assertThat(page.text()).contains(">My laptop</strong>");
		assertThat(page.messages()).contains("Passkey My laptop added");
		assertThat(this.app.log(this.name)).containsExactly("passkey.added", "signed.up");
	}

	@Test
	void anOpenSessionAloneAddsNone() {
		Browser stolen = this.app.signIn(this.name);
		this.app.clock().advance(Duration.ofMinutes(16));
		assertThat(this.browser.get(PAGE).text()).doesNotContain("passkey-add");
		assertThat(this.browser.post(PAGE + "/options").status()).isEqualTo(403);
		assertThat(enterPassword("not " + App.PASSWORD).errors()).containsExactly("This is not your password.");
		assertThat(this.browser.post(PAGE + "/options").status()).isEqualTo(403);
		enterPassword(App.PASSWORD);
		String options = begin();
		assertThat(stolen.post(PAGE, "name", "Thief", "credential", this.device.create(options)).location())
			.isEqualTo(PAGE);
		assertThat(stolen.get(PAGE).messages())
			.contains("The password was entered too long ago, so nothing was changed. Enter it again.");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void anAdministratorIsOneWithAPasskeyToo() {
		Browser admin = this.app.admin();
		assertThat(add(admin, this.device, "Laptop").status()).isEqualTo(303);
		Browser other = this.app.browser();
		assertThat(signIn(other, this.device).location()).isEqualTo("/profile");
		assertThat(other.get("/admin/messages").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "POST, /webauthn/register/options", "POST, /webauthn/register", "DELETE, /webauthn/register/abc",
			"GET, /webauthn/register" })
	void springsEndpointsForAddingAndRemovingAreNotThere(String method, String path) {
		assertThat(this.browser.send(method, path).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "''|Enter a name.", "'  '|Enter a name.", "x\u0001y|Use letters, signs and spaces only." })
	void aNameHasToBeVisible(String typed, String error) {
		enterPassword(App.PASSWORD);
		assertThat(add(this.browser, this.device, typed).errors()).containsExactly(error);
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void aNameHasAtMost64Characters() {
		enterPassword(App.PASSWORD);
		Answer answer = add(this.browser, this.device, "x".repeat(65));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("Use at most 64 characters.");
		assertThat(add(this.browser, this.device, "x".repeat(64)).status()).isEqualTo(303);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "{}", "{\"id\":\"AA\",\"rawId\":\"AA\",\"response\":{}}",
			"{\"rawId\":\"!\"}", "\u0000", "[[[[[[[[" })
	void whatIsNoPasskeyIsNotAdded(String credential) {
		enterPassword(App.PASSWORD);
		begin();
		Answer answer = this.browser.post(PAGE, "name", "Laptop", "credential", credential);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("This passkey could not be added. Try again.");
		assertThat(answer.text()).contains("value=\"Laptop\"");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void onlyWhatAnswersTheOptionsIsAdded() {
		enterPassword(App.PASSWORD);
		String first = this.device.create(begin());
		begin();
		assertThat(this.browser.post(PAGE, "name", "Laptop", "credential", first).status()).isEqualTo(400);
		assertThat(this.browser.post(PAGE, "name", "Laptop", "credential", this.device.create(begin())).status())
			.isEqualTo(303);
		assertThat(this.browser.post(PAGE, "name", "Laptop", "credential", first).status()).isEqualTo(400);
		assertThat(add(this.browser, this.device, "Again").status()).isEqualTo(400);
		Authenticator elsewhere = new Authenticator().at("https://localhost.example");
		assertThat(add(this.browser, elsewhere, "Elsewhere").status()).isEqualTo(400);
		assertThat(add(this.browser, new Authenticator().withoutVerification(), "No PIN").status()).isEqualTo(400);
		assertThat(this.app.log(this.name)).containsExactly("passkey.added", "signed.up");
	}

	@Test
	void whatWasBegunByAnotherUserOfTheSessionIsNotAdded() {
		enterPassword(App.PASSWORD);
		String options = begin();
		String other = App.newName();
		this.app.signUp(other);
		this.browser.post("/login", "username", other, "password", App.PASSWORD);
		enterPassword(App.PASSWORD);
		assertThat(this.browser.post(PAGE, "name", "Mine", "credential", this.device.create(options)).status())
			.isEqualTo(400);
		assertThat(this.app.log(other)).containsExactly("signed.up");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void anAccountHasAtMostTen() throws Exception {
		enterPassword(App.PASSWORD);
		for (int i = 0; i < PasskeyService.MAX_PASSKEYS - 1; i++) {
			assertThat(add(this.browser, new Authenticator(), "No. " + i).status()).isEqualTo(303);
		}
		Browser[] sessions = { this.browser, this.app.signIn(this.name) };
		sessions[1].post(PAGE + "/password", "password", App.PASSWORD);
		Together.run(2, (thread) -> add(sessions[thread], new Authenticator(), "The last"));
		assertThat(passkeys()).isEqualTo(PasskeyService.MAX_PASSKEYS);
		assertThat(this.browser.get(PAGE).text()).contains("You have ten passkeys.").doesNotContain("passkey-add");
		assertThat(add(this.browser, new Authenticator(), "One more").location()).isEqualTo(PAGE);
		assertThat(this.browser.get(PAGE).messages())
			.contains("You have ten passkeys. Remove one before you add another.");
		assertThat(passkeys()).isEqualTo(PasskeyService.MAX_PASSKEYS);
	}

	@Test
	void signsInAsWithThePassword() {
		addFirst();
		Browser visitor = this.app.browser();
		String options = options(visitor);
		Answer answer = visitor.post("/login/webauthn", "challenge", challenge(options), "credential",
				this.device.sign(options), "continue", "/settings");
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/settings");
		Answer profile = visitor.get("/profile");
		assertThat(profile.actions()).containsExactly("Passkey My laptop added", "Signed up");
		assertThat(this.app.events(this.name)).containsExactly("SIGNED_IN", "PASSKEY_ADDED", "SIGNED_IN");
		assertThat(visitor.post("/logout").location()).isEqualTo("/");
		assertThat(visitor.get("/profile").status()).isEqualTo(302);
	}

	@Test
	void aPasskeyThatIsRemovedMeanwhileStaysRemoved() throws Exception {
		addFirst();
		Browser visitor = this.app.browser();
		String options = options(visitor);
		CompletableFuture<Answer> answer;
		try (Connection removal = this.app.connect(); Statement statement = removal.createStatement()) {
			statement.executeQuery("select * from account where username = '" + this.name + "' for update");
			statement.execute("delete from user_credentials where credential_id = '" + this.device.id() + "'");
			this.app.sql().clear();
			answer = CompletableFuture.supplyAsync(() -> visitor.post("/login/webauthn", "challenge",
					challenge(options), "credential", this.device.sign(options)));
			Together.eventually(() -> this.app.sql()
				.statements()
				.stream()
				.map((sql) -> sql.toLowerCase(Locale.ROOT))
				.anyMatch((sql) -> sql.matches("(?s).*for (no key )?update.*|update user_credentials.*")));
			removal.commit();
		}
		assertThat(answer.get().location()).isEqualTo(FAILED);
		assertThat(passkeys()).isZero();
	}

	@Test
	void theOptionsMakeNoSession() {
		Browser visitor = this.app.browser();
		assertThat(options(visitor)).contains("\"userVerification\":\"required\"", "\"rpId\":\"localhost\"");
		assertThat(visitor.cookies()).doesNotContain("SESSION");
	}

	@Test
	void theSessionIdIsNewAfterwards() {
		addFirst();
		String before = session(this.browser);
		assertThat(signIn(this.browser, this.device).status()).isEqualTo(303);
		assertThat(session(this.browser)).isNotEqualTo(before);
	}

	@Test
	void whatWasSignedIsValidOnce() {
		addFirst();
		Browser visitor = this.app.browser();
		String options = options(visitor);
		String[] fields = { "challenge", challenge(options), "credential", this.device.sign(options) };
		assertThat(visitor.post("/login/webauthn", fields).location()).isEqualTo("/profile");
		assertThat(this.app.browser().post("/login/webauthn", fields).location()).isEqualTo(FAILED);
	}

	@Test
	void aChallengeIsValidForFiveMinutes() {
		addFirst();
		Browser visitor = this.app.browser();
		String options = options(visitor);
		this.app.jdbc()
			.sql("update passkey_challenge set expires_at = current_timestamp - interval '1' second where challenge = ?")
			.param(challenge(options))
			.update();
		assertThat(visitor
			.post("/login/webauthn", "challenge", challenge(options), "credential", this.device.sign(options))
			.location()).isEqualTo(FAILED);
		options(visitor);
		assertThat(this.app.jdbc()
			.sql("select count(*) from passkey_challenge where expires_at <= current_timestamp")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void onlyTheOwnersDeviceOnThisSiteSignsIn() {
		addFirst();
		assertThat(signIn(this.app.browser(), new Authenticator()).location()).isEqualTo(FAILED);
		assertThat(signIn(this.app.browser(), this.device.at("https://localhost.example")).location())
			.isEqualTo(FAILED);
		this.device.at(Authenticator.ORIGIN);
		Browser visitor = this.app.browser();
		String signed = this.device.sign(options(visitor));
		String other = challenge(options(visitor));
		assertThat(visitor.post("/login/webauthn", "challenge", other, "credential", signed).location())
			.isEqualTo(FAILED);
		assertThat(signIn(visitor, this.device.withoutVerification()).location()).isEqualTo(FAILED);
		Answer page = visitor.get(FAILED);
		assertThat(page.errors())
			.containsExactly("You were not signed in with a passkey. Try again, or use your password.");
		assertThat(visitor.cookies()).doesNotContain("SESSION");
		assertThat(this.app.log(this.name)).containsExactly("passkey.added", "signed.up");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "{}", "{\"id\":\"AA\",\"rawId\":\"AA\",\"response\":{}}",
			"{\"rawId\":\"!\"}", "\u0000", "[[[[[[[[" })
	void whatIsNotSignedIsNoSignIn(String credential) {
		Browser visitor = this.app.browser();
		String challenge = challenge(options(visitor));
		assertThat(visitor.post("/login/webauthn", "challenge", challenge, "credential", credential).location())
			.isEqualTo(FAILED);
		assertThat(visitor.post("/login/webauthn", "challenge", credential).location()).isEqualTo(FAILED);
		assertThat(visitor.post("/login/webauthn").location()).isEqualTo(FAILED);
	}

	@Test
	void whatIsTooLongIsNotRead() {
		Browser visitor = this.app.browser();
		String options = options(visitor);
		String padded = this.device.sign(options).replaceFirst("\\{", "{" + " ".repeat(20_000));
		assertThat(visitor.post("/login/webauthn", "challenge", challenge(options), "credential", padded).location())
			.isEqualTo(FAILED);
	}

	@Test
	void aFormWithoutItsTokenHasExpired() {
		Browser visitor = this.app.browser();
		assertThat(visitor.postWithoutToken("/webauthn/authenticate/options").status()).isEqualTo(403);
		assertThat(visitor.postWithoutToken("/login/webauthn", "credential", "{}").title())
			.isEqualTo("The form expired");
	}

	@Test
	void nobodyIsSignedInWithoutARecordedEvent() {
		addFirst();
		Browser visitor = this.app.browser();
		this.app.jdbc().sql("alter table security_event rename to hidden").update();
		try {
			assertThat(signIn(visitor, this.device).status()).isEqualTo(500);
		}
		finally {
			this.app.jdbc().sql("alter table hidden rename to security_event").update();
		}
		assertThat(visitor.get("/profile").status()).isEqualTo(302);
		assertThat(signIn(visitor, this.device).status()).isEqualTo(303);
	}

	@Test
	void aDisabledAccountDoesNotSignIn() {
		addFirst();
		this.app.jdbc().sql("update users set enabled = false where username = ?").param(this.name).update();
		Browser visitor = this.app.browser();
		assertThat(signIn(visitor, this.device).location()).isEqualTo(FAILED);
		assertThat(visitor.get("/profile").status()).isEqualTo(302);
		assertThat(this.app.log(this.name)).containsExactly("passkey.added", "signed.up");
	}

	@Test
	void anotherPasswordEndsTheSessionAndKeepsThePasskey() {
		addFirst();
		Browser other = this.app.browser();
		signIn(other, this.device);
		this.browser.post("/profile/password", "currentPassword", App.PASSWORD, "newPassword",
				"a new horse and battery");
		assertThat(other.get("/profile").status()).isEqualTo(302);
		assertThat(signIn(other, this.device).status()).isEqualTo(303);
		assertThat(other.get("/profile").status()).isEqualTo(200);
	}

	@Test
	void aDeletedAccountLeavesNone() {
		addFirst();
		this.browser.post("/settings/delete", "password", App.PASSWORD);
		assertThat(passkeys()).isZero();
		assertThat(this.app.jdbc()
			.sql("select count(*) from user_credentials where credential_id = ?")
			.param(this.device.id())
			.query(Long.class)
			.single()).isZero();
		Browser next = this.app.signUp(this.name);
		assertThat(signIn(this.app.browser(), this.device).location()).isEqualTo(FAILED);
		assertThat(next.get(PAGE).text()).contains("No passkey yet.");
	}

	@Test
	void aRemovedOneDoesNotSignIn() {
		addFirst();
		Answer answer = this.browser.post(PAGE + "/remove", "id", this.device.id());
		assertThat(answer.status()).isEqualTo(303);
		assertThat(this.browser.get(PAGE).messages()).contains("Passkey My laptop removed");
		this.browser.post(PAGE + "/remove", "id", this.device.id());
		assertThat(this.app.log(this.name)).containsExactly("passkey.removed", "passkey.added", "signed.up");
		assertThat(signIn(this.app.browser(), this.device).location()).isEqualTo(FAILED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void onlyTheOwnerWhoEnteredThePasswordRemovesOne(boolean owner) {
		addFirst();
		Browser other = owner ? this.app.signIn(this.name) : this.app.signUp(App.newName());
		this.app.clock().advance(Duration.ofMinutes(16));
		if (!owner) {
			other.post(PAGE + "/password", "password", App.PASSWORD);
		}
		assertThat(other.post(PAGE + "/remove", "id", this.device.id()).location()).isEqualTo(PAGE);
		assertThat(other.post(PAGE + "/remove", "id", "\u0000").location()).isEqualTo(PAGE);
		assertThat(passkeys()).isOne();
		assertThat(signIn(this.app.browser(), this.device).status()).isEqualTo(303);
	}

	@Test
	void everythingIsInTheLanguageOfTheAccount() {
		this.browser.post("/settings", "language", "pt-BR", "timeZone", "America/Sao_Paulo");
		assertThat(addFirst().status()).isEqualTo(303);
		Answer page = this.browser.get(PAGE);
		assertThat(page.title()).isEqualTo("Chaves de acesso");
		assertThat(page.messages()).contains("Chave de acesso My laptop adicionada");
		assertThat(page.text()).containsPattern("Adicionada em \\d+ de \\p{L}+ de \\d{4}, usada pela última vez em");
	}

	private Answer addFirst() {
		assertThat(enterPassword(App.PASSWORD).location()).isEqualTo(PAGE);
		return add(this.browser, this.device, "My laptop");
	}

	private Answer enterPassword(String password) {
		return this.browser.post(PAGE + "/password", "password", password);
	}

	private String begin() {
		return this.browser.post(PAGE + "/options").text();
	}

	private static Answer add(Browser browser, Authenticator device, String name) {
		return browser.post(PAGE, "name", name, "credential", device.create(browser.post(PAGE + "/options").text()));
	}

	private static String options(Browser browser) {
		return browser.post("/webauthn/authenticate/options").text();
	}

	private static Answer signIn(Browser browser, Authenticator device) {
		String options = options(browser);
		return browser.post("/login/webauthn", "challenge", challenge(options), "credential", device.sign(options));
	}

	private static String challenge(String options) {
		return JsonMapper.shared().readTree(options).get("challenge").asString();
	}

	private static String session(Browser browser) {
		Matcher matcher = Pattern.compile("SESSION=([\\w-]+)").matcher(browser.cookieHeader());
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	private long passkeys() {
		return this.app.jdbc().sql("""
				select count(*) from user_credentials c
				join user_entities e on e.id = c.user_entity_user_id where e.name = ?
				""").param(this.name).query(Long.class).single();
	}

}

package dev.actionlog.app.throttle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Authenticator;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the forms whose attempts are counted, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class ThrottledFormsIT {

	private static final String LOCAL = "127.0.0.1";

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	ThrottledFormsIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void aGuesserOfThePasswordIsToldWhenToComeBack() {
		Answer soon = assertRefusedAfterFive(this.name);
		assertThat(soon.title()).isEqualTo("Too many requests");
		assertThat(soon.text()).containsPattern("Try again in (one second|\\d+ seconds|one minute|\\d+ minutes)\\.")
			.contains(" href=\"/login\">Go to the sign-in page</a>");
		hold("password", this.name, LOCAL);
		Answer answer = signIn(this.app.browser(), this.name, App.PASSWORD);
		assertThat(answer.status()).isEqualTo(429);
		assertThat(answer.text()).contains("Try again in 60 minutes.");
		assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(3540, 3600);
		assertThat(signIn(this.app.browser().with("Accept-Language", "pt-BR"), this.name, App.PASSWORD).text())
			.contains("Tente de novo em 60 minutos.");
	}

	@Test
	void theOwnerSignsInFromElsewhereMeanwhile() {
		hold("password", this.name, LOCAL);
		assertThat(signIn(this.app.browser(), this.name, App.PASSWORD).status()).isEqualTo(429);
		Browser elsewhere = this.app.browser().with("X-Forwarded-For", "203.0.113.7");
		assertThat(signIn(elsewhere, this.name, App.PASSWORD).location()).isEqualTo("/profile");
		assertThat(this.browser.get("/profile").status()).isEqualTo(200);
	}

	@Test
	void unknownNamesAreRefusedAlike() {
		assertRefusedAfterFive("un" + App.newName());
		assertRefusedAfterFive("no name " + App.newName());
	}

	@Test
	void theNameIsTheSameInAnyCase() {
		hold("password", this.name, LOCAL);
		assertThat(signIn(this.app.browser(), " " + this.name.toUpperCase(Locale.ROOT), "wrong").status())
			.isEqualTo(429);
	}

	@Test
	void theNameIsTheSameWhateverIsAroundIt() {
		hold("password", this.name, LOCAL);
		for (String space : List.of(" ", "\t", "\u0001", "\0", " ".repeat(200), " \u0001\u001f ")) {
			for (String typed : List.of(space + this.name, this.name + space)) {
				assertThat(signIn(this.app.browser(), typed, App.PASSWORD).status()).isEqualTo(429);
			}
		}
	}

	@Test
	void theFormsOfASignedInUserCountWithTheSignInPage() {
		this.browser.post("/settings/delete", "password", "wrong");
		this.browser.post("/profile/password", "currentPassword", "wrong", "newPassword", "a new horse and battery");
		for (int i = 0; i < 3; i++) {
			assertThat(signIn(this.app.browser(), this.name, "wrong").status()).isEqualTo(303);
		}
		assertSoonRefused(() -> signIn(this.app.browser(), this.name, "wrong"));
		hold("password", this.name, LOCAL);
		assertThat(this.browser.post("/settings/delete", "password", App.PASSWORD).status()).isEqualTo(429);
		Answer answer = this.browser.post("/profile/password", "currentPassword", App.PASSWORD, "newPassword",
				"a new horse and battery");
		assertThat(answer.status()).isEqualTo(429);
		assertThat(answer.text()).contains(" href=\"/profile/edit\">Go to the profile editor</a>");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void photosAreDelayedAfterTwenty() {
		Map<String, byte[]> photo = Map.of("photo", Pictures.jpeg(20, 10));
		for (int i = 0; i < 20; i++) {
			assertThat(this.browser.upload("/profile/photo", photo).status()).isEqualTo(303);
		}
		assertSoonRefused(() -> this.browser.upload("/profile/photo", photo));
		this.browser.with("Accept", "application/json");
		assertSoonRefused(() -> this.browser.upload("/profile/photo", photo));
	}

	@Test
	void signingInWithAPasskeyIsDelayed() {
		String address = "198.51.100.10";
		Browser visitor = this.app.browser().with("X-Forwarded-For", address).with("Accept", "application/json");
		assertThat(visitor.post("/webauthn/authenticate/options").status()).isEqualTo(200);
		hold("passkey", address);
		Answer answer = visitor.post("/webauthn/authenticate/options");
		assertThat(answer.status()).isEqualTo(429);
		assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(3540, 3600);
		visitor.with("Accept", "text/html");
		assertThat(visitor.post("/login/webauthn", "challenge", "", "credential", "").text())
			.contains("Try again in 60 minutes.");
	}

	@Test
	void aRightPasskeyIsNotCounted() {
		String address = "198.51.100.11";
		Authenticator device = new Authenticator();
		this.browser.post("/settings/passkeys/password", "password", App.PASSWORD);
		this.browser.post("/settings/passkeys", "name", "Mine", "credential",
				device.create(this.browser.post("/settings/passkeys/options").text()));
		Browser visitor = this.app.browser().with("X-Forwarded-For", address);
		String options = visitor.post("/webauthn/authenticate/options").text();
		assertThat(counted("passkey", address)).isTrue();
		String challenge = JsonMapper.shared().readTree(options).get("challenge").asString();
		assertThat(
				visitor.post("/login/webauthn", "challenge", challenge, "credential", device.sign(options)).location())
			.isEqualTo("/profile");
		assertThat(counted("passkey", address)).isFalse();
	}

	@Test
	void signingUpIsDelayed() {
		String address = "198.51.100.9";
		hold("sign-up", address);
		String newcomer = App.newName();
		Browser visitor = this.app.browser().with("X-Forwarded-For", address);
		assertThat(visitor.post("/sign-up", "username", newcomer, "password", "short").status()).isEqualTo(400);
		Answer answer = visitor.post("/sign-up", "username", newcomer, "password", App.PASSWORD);
		assertThat(answer.status()).isEqualTo(429);
		assertThat(answer.text()).contains("Try again in 60 minutes.");
		assertThat(this.app.log(newcomer)).isEmpty();
	}

	@Test
	void anAttemptThatWaitsTooLongForOthersIsToBeRepeated() throws SQLException {
		signIn(this.app.browser(), this.name, "wrong");
		try (Connection connection = this.app.connect();
				PreparedStatement lock = connection
					.prepareStatement("select id from throttle where id = ? for update")) {
			lock.setString(1, id("password", this.name, LOCAL));
			lock.executeQuery();
			Answer answer = signIn(this.app.browser(), this.name, App.PASSWORD);
			assertThat(answer.status()).isEqualTo(409);
			assertThat(answer.title()).isEqualTo("Somebody was faster");
		}
	}

	private Answer assertRefusedAfterFive(String username) {
		for (int i = 0; i < 5; i++) {
			assertThat(signIn(this.app.browser(), username, "wrong").location()).isEqualTo("/login?error");
		}
		return assertSoonRefused(() -> signIn(this.app.browser(), username, "wrong"));
	}

	/**
	 * The delays begin short, and a busy machine can outlast them.
	 */
	private static Answer assertSoonRefused(Supplier<Answer> attempt) {
		for (int i = 0; i < 10; i++) {
			Answer answer = attempt.get();
			if (answer.status() == 429) {
				assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
				return answer;
			}
		}
		throw new AssertionError("Never refused");
	}

	/**
	 * Refuses the attempts of a counter for an hour.
	 */
	private void hold(String kind, String... subject) {
		String id = id(kind, subject);
		this.app.jdbc().sql("delete from throttle where id = ?").param(id).update();
		this.app.jdbc()
			.sql("insert into throttle (id, open_at, clear_at)"
					+ " values (?, current_timestamp + interval '1' hour, current_timestamp + interval '1' hour)")
			.param(id)
			.update();
	}

	private boolean counted(String kind, String... subject) {
		return this.app.jdbc()
			.sql("select count(*) from throttle where id = ? and clear_at > current_timestamp")
			.param(id(kind, subject))
			.query(Integer.class)
			.single() > 0;
	}

	/**
	 * The row of a counter. Its last subject is an address.
	 */
	private static String id(String kind, String... subject) {
		subject[subject.length - 1] = Network.of(subject[subject.length - 1]);
		return Counter.of(new Limit(kind, 2, Duration.ZERO, Duration.ZERO, Duration.ZERO), subject).id();
	}

	private static Answer signIn(Browser browser, String username, String password) {
		return browser.post("/login", "username", username, "password", password);
	}

}

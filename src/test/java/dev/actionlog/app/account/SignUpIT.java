package dev.actionlog.app.account;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for signing up, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class SignUpIT {

	private final App app;

	private final String name = App.newName();

	SignUpIT(Database database) {
		this.app = App.on(database);
	}

	@Test
	void signsInAndRecordsSignedUpOnly() {
		Browser browser = this.app.browser();
		Answer answer = signUp(browser, this.name, App.PASSWORD);
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/recovery-code");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
		Answer profile = browser.get("/profile");
		assertThat(profile.status()).isEqualTo(200);
		assertThat(profile.actions()).containsExactly("Signed up");
		assertThat(profile.text()).contains(">" + this.name + "</h2>");
		assertThat(profile.messages()).containsExactly("Your account has been created, " + this.name);
	}

	@Test
	void givesTheSessionAnotherId() {
		Browser browser = this.app.signUp(App.newName());
		// the session of a signed-out user, with a message
		browser.post("/logout");
		assertThat(browser.cookies()).contains("SESSION");
		assertThat(signUp(browser, this.name, App.PASSWORD).headers().allValues("Set-Cookie"))
			.anyMatch((cookie) -> cookie.startsWith("SESSION="));
	}

	@Test
	void storesTheNameInLowerCaseWithoutSpacesAround() {
		assertThat(
				signUp(this.app.browser(), " A" + this.name.substring(1).toUpperCase(Locale.ROOT) + " ", App.PASSWORD)
					.status())
			.isEqualTo(303);
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void doesNotTakeATakenNameInAnyCase() {
		this.app.signUp(this.name);
		Answer answer = signUp(this.app.browser(), this.name.toUpperCase(Locale.ROOT), App.PASSWORD);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("This name is taken. Choose another one.");
		assertThat(answer.text()).contains("value=\"" + this.name + "\"").doesNotContain(App.PASSWORD);
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@RepeatedTest(3)
	void givesANameToOneOfTwoUsersWhoTakeItAtOnce() {
		List<Browser> browsers = List.of(this.app.browser(), this.app.browser());
		browsers.forEach((browser) -> browser.get("/sign-up"));
		List<Answer> answers = browsers.stream()
			.map((browser) -> CompletableFuture.supplyAsync(() -> signUp(browser, this.name, App.PASSWORD)))
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
		assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(303, 400);
		assertThat(answers).flatExtracting(Answer::errors).containsExactly("This name is taken. Choose another one.");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ab", ".ann", "-ann", "ann smith", "änn", "ann@example", "<b>ann",
			"a23456789012345678901234567890123" })
	void refusesNamesThatDoNotFitAndKeepsWhatWasTyped(String typed) {
		Answer answer = signUp(this.app.browser(), typed, App.PASSWORD);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly(
				"Use 3 to 32 letters (a to z), digits, dots, hyphens or underscores; the first must be a letter or a digit.");
		assertThat(answer.text()).contains("value=\"" + typed.replace("<", "&lt;").replace(">", "&gt;") + "\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.b", "0-_", "a2345678901234567890123456789012" })
	void takesNamesThatFit(String fitting) {
		assertThat(signUp(this.app.browser(), fitting, App.PASSWORD).status()).isEqualTo(303);
	}

	@Test
	void aPasswordOf64FourByteCharactersCanSignInAgain() {
		String password = "squirrels like walnuts, acorns " + "\uD83D\uDC3F".repeat(32) + "\uD83C\uDF30";
		assertThat(signUp(this.app.browser(), this.name, password).status()).isEqualTo(303);
		assertThat(this.app.browser().post("/login", "username", this.name, "password", password).location())
			.isEqualTo("/profile");
		assertThat(this.app.browser()
			.post("/login", "username", this.name, "password", password.replace("\uD83C\uDF30", "\uD83D\uDC3F"))
			.location()).isEqualTo("/login?error");
	}

	@Test
	void refusesBadPasswordsAsFieldErrors() {
		assertThat(passwordErrors("seven 7")).containsExactly("Use 8 to 64 characters.");
		assertThat(passwordErrors("")).containsExactly("Enter a password.");
		assertThat(passwordErrors("\uD83D\uDC3F".repeat(65))).containsExactly("Use 8 to 64 characters.");
		assertThat(passwordErrors("\uD83D\uDC3F".repeat(7))).containsExactly("Use 8 to 64 characters.");
		assertThat(passwordErrors("PassWord"))
			.containsExactly("This password is easy to guess. Choose another one, such as a few words.");
		assertThat(passwordErrors("aaaaaaaa"))
			.containsExactly("This password is easy to guess. Choose another one, such as a few words.");
		assertThat(this.app.log(this.name)).isEmpty();
	}

	@Test
	void refusesTheOwnNameAsPassword() {
		Answer answer = signUp(this.app.browser(), "own-name-" + this.name, "1OWN-name-" + this.name + "!");
		assertThat(answer.errors()).containsExactly("A password must not be your user name or the name of this site.");
	}

	@Test
	void anEmptyFormIsTwoFieldErrors() {
		Answer answer = this.app.browser().post("/sign-up");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("Enter a user name.", "Enter a password.");
	}

	@Test
	void whatIsTooLongIsAFieldErrorAndStaysInTheForm() {
		String typed = "a" + "1".repeat(20_000) + "a";
		Answer answer = this.app.browser()
			.post("/sign-up", "username", typed, "password", "x".repeat(20_000), "timeZone", "x".repeat(20_000));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).hasSize(2).last().isEqualTo("Use 8 to 64 characters.");
		assertThat(answer.text()).contains("value=\"" + typed + "\"");
	}

	@Test
	void beginsInTheLanguageOfTheBrowser() {
		Browser browser = this.app.browser().with("Accept-Language", "pt-PT,pt;q=0.9,en;q=0.8");
		assertThat(browser.get("/sign-up").title()).isEqualTo("Criar conta");
		signUp(browser, this.name, App.PASSWORD);
		assertThat(browser.with("Accept-Language", "en").get("/profile").actions()).containsExactly("Conta criada");
	}

	@ParameterizedTest
	@CsvSource(
			value = { "Asia/Tokyo, Asia/Tokyo", "Mars/Base, SERVER", "'', SERVER", "+25:00, SERVER", "NONE, SERVER" },
			nullValues = "NONE")
	void beginsInTheZoneOfTheDeviceWhereItIsKnown(@Nullable String device, String zone) {
		String name = App.newName();
		Browser browser = this.app.browser();
		if (device != null) {
			browser.post("/sign-up", "username", name, "password", App.PASSWORD, "timeZone", device);
		}
		else {
			browser.post("/sign-up", "username", name, "password", App.PASSWORD);
		}
		assertThat(browser.get("/profile").text())
			.contains("Times are in " + zone.replace("SERVER", ZoneId.systemDefault().getId()) + ".");
	}

	@Test
	void aSignedInUserIsRedirectedToTheProfile() {
		Browser browser = this.app.signUp(this.name);
		assertThat(Stream.of("/", "/login", "/sign-up").map(browser::get)).allSatisfy((answer) -> {
			assertThat(answer.status()).isEqualTo(303);
			assertThat(answer.location()).isEqualTo("/profile");
		});
	}

	private List<String> passwordErrors(String password) {
		Answer answer = signUp(this.app.browser(), this.name, password);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text()).contains("value=\"" + this.name + "\"");
		return answer.errors();
	}

	private static Answer signUp(Browser browser, String name, String password) {
		return browser.post("/sign-up", "username", name, "password", password);
	}

}

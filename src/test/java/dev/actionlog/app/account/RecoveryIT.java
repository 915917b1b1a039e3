package dev.actionlog.app.account;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for recovery codes, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class RecoveryIT {

	private static final String NEW = "a new horse and battery";

	private static final String WRONG = "The user name or the recovery code is wrong.";

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	private final String code;

	RecoveryIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
		this.code = this.browser.get("/recovery-code").recoveryCode();
	}

	@Test
	void theCodeIsShownOnce() {
		Answer again = this.browser.get("/recovery-code");
		assertThat(again.location()).isEqualTo("/settings/recovery-code");
		assertThat(this.browser.follow(again).text()).doesNotContain(this.code);
	}

	@Test
	void messagesWaitForThePageAfterTheCode() {
		assertThat(this.browser.get("/profile").messages())
			.containsExactly("Your account has been created, " + this.name);
	}

	@Test
	void theCodeIsNotStored() {
		String stored = this.app.jdbc()
			.sql("select code_hash from recovery_code where username = ?")
			.param(this.name)
			.query(String.class)
			.single();
		assertThat(stored).hasSize(43).doesNotContain(this.code.split("-"));
	}

	@Test
	void codesDiffer() {
		assertThat(this.app.signUp(App.newName()).get("/recovery-code").recoveryCode()).isNotEqualTo(this.code);
	}

	@Test
	void replacesAForgottenPasswordAndEndsTheOtherSessions() {
		Browser visitor = this.app.browser();
		Answer answer = recover(visitor, this.name, this.code);
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/recovery-code");
		assertThat(visitor.follow(answer).recoveryCode()).isNotEqualTo(this.code);
		assertThat(visitor.get("/profile").messages()).containsExactly("Your account has been created, " + this.name,
				"Password changed with the recovery code");
		assertThat(this.app.log(this.name)).containsExactly("password.recovered", "signed.up");
		assertThat(this.browser.get("/profile").location()).isEqualTo("/login?expired&continue=/profile");
		assertThat(signIn(App.PASSWORD)).isEqualTo("/login?error");
		assertThat(signIn(NEW)).isEqualTo("/profile");
	}

	@Test
	void aPasswordThatIsChangedBeforeTheSessionIsOpenEndsIt() {
		AccountRepository accounts = this.app.bean(AccountRepository.class);
		AccountService service = this.app.bean(AccountService.class);
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
		try {
			String key = service.recover(this.name, this.code, NEW, "127.0.0.1").orElseThrow().user().getSessionKey();
			assertThat(accounts.findById(this.name)).hasValueSatisfying((account) -> {
				assertThat(account.isOpenFor(key)).isTrue();
				service.changePassword(account, App.PASSWORD);
			});
			assertThat(accounts.findById(this.name))
				.hasValueSatisfying((account) -> assertThat(account.isOpenFor(key)).isFalse());
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

	@Test
	void aUsedCodeIsReplacedByTheOneThatIsShownThen() {
		Browser visitor = this.app.browser();
		String next = visitor.follow(recover(visitor, this.name, this.code)).recoveryCode();
		assertThat(recover(this.app.browser(), this.name, this.code).errors()).containsExactly(WRONG);
		assertThat(recover(this.app.browser(), this.name, next).status()).isEqualTo(303);
	}

	@Test
	void theCodeIsReadAsAPersonWritesIt() {
		String code = this.code;
		for (UnaryOperator<String> writing : List.<UnaryOperator<String>>of((text) -> text.toLowerCase(Locale.ROOT),
				(text) -> text.replace("-", ""), (text) -> " " + text.replace("-", " - ") + " ",
				(text) -> text.replace('0', 'O').replace('1', 'l'))) {
			Browser visitor = this.app.browser();
			Answer answer = recover(visitor, " " + this.name.toUpperCase(Locale.ROOT), writing.apply(code));
			assertThat(answer.status()).isEqualTo(303);
			code = visitor.follow(answer).recoveryCode();
		}
	}

	@Test
	void wrongCodesAndUnknownNamesAreTheSameError() {
		String other = this.app.signUp(App.newName()).get("/recovery-code").recoveryCode();
		for (Answer answer : List.of(recover(this.app.browser(), this.name, other),
				recover(this.app.browser(), this.name, "x".repeat(20_000)),
				recover(this.app.browser(), "un" + this.name, this.code),
				recover(this.app.browser(), "a\0b", this.code),
				recover(this.app.browser(), "x".repeat(20_000), this.code))) {
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errors()).containsExactly(WRONG);
			assertThat(answer.text()).doesNotContain(NEW);
		}
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
		assertThat(signIn(App.PASSWORD)).isEqualTo("/profile");
	}

	@Test
	void whatIsMissingIsNoAttempt() {
		Answer answer = this.app.browser().post("/recover");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("Enter a user name.", "Enter your recovery code.",
				"Enter a password.");
		assertThat(recover(this.app.browser(), this.name, " ").errors()).containsExactly("Enter your recovery code.");
		assertThat(recover(this.app.browser(), " ", this.code).errors()).containsExactly("Enter a user name.");
		assertThat(this.app.events(this.name)).containsExactly("SIGNED_IN");
	}

	@Test
	void aBadNewPasswordDoesNotUseTheCode() {
		Answer answer = this.app.browser()
			.post("/recover", "username", this.name, "code", this.code, "newPassword", "short");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("Use 8 to 64 characters.");
		assertThat(recover(this.app.browser(), this.name, this.code).status()).isEqualTo(303);
	}

	@Test
	void aDisabledAccountIsNotRecovered() {
		this.app.jdbc().sql("update users set enabled = false where username = ?").param(this.name).update();
		assertThat(recover(this.app.browser(), this.name, this.code).errors()).containsExactly(WRONG);
	}

	@Test
	void aCodeIsUsedOnceByRequestsAtTheSameTime() throws Exception {
		List<Browser> visitors = List.of(this.app.browser(), this.app.browser(), this.app.browser());
		visitors.forEach((visitor) -> visitor.get("/recover"));
		AtomicInteger used = new AtomicInteger();
		Together.run(visitors.size(), (visitor) -> {
			if (recover(visitors.get(visitor), this.name, this.code).status() == 303) {
				used.incrementAndGet();
			}
		});
		assertThat(used).hasValue(1);
		assertThat(this.app.log(this.name)).containsOnlyOnce("password.recovered");
	}

	@Test
	void guessesAreDelayedTogetherWithThoseOfThePassword() {
		for (int i = 0; i < 3; i++) {
			recover(this.app.browser(), this.name, "wrong");
		}
		Answer last = null;
		for (int i = 0; i < 10 && (last == null || last.status() != 429); i++) {
			last = this.app.browser().post("/login", "username", this.name, "password", "wrong");
		}
		assertThat(last).extracting(Answer::status).isEqualTo(429);
	}

	@Test
	void isReplacedInTheSettingsWithThePassword() {
		assertThat(this.browser.get("/settings").text()).contains(" href=\"/settings/recovery-code\"");
		assertThat(this.browser.get("/settings/recovery-code").title()).isEqualTo("Confirm that it is you");
		Answer wrong = this.browser.post("/settings/recovery-code", "password", "wrong");
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.errors()).containsExactly("This is not your password.");
		assertThat(wrong.text()).contains("You will get a new recovery code");
		assertThat(this.browser.post("/settings/recovery-code").status()).isEqualTo(400);
		Answer answer = this.browser.post("/settings/recovery-code", "password", App.PASSWORD);
		assertThat(answer.location()).isEqualTo("/recovery-code");
		String renewed = this.browser.follow(answer).recoveryCode();
		assertThat(this.app.log(this.name)).containsExactly("recovery.renewed", "signed.up");
		assertThat(recover(this.app.browser(), this.name, this.code).errors()).containsExactly(WRONG);
		assertThat(recover(this.app.browser(), this.name, renewed).status()).isEqualTo(303);
	}

	@Test
	void anAccountFromBeforeMakesItsFirstCodeInTheSettings() {
		this.app.jdbc().sql("delete from recovery_code where username = ?").param(this.name).update();
		Answer answer = this.browser.post("/settings/recovery-code", "password", App.PASSWORD);
		assertThat(recover(this.app.browser(), this.name, this.browser.follow(answer).recoveryCode()).status())
			.isEqualTo(303);
	}

	private String signIn(String password) {
		return this.app.browser().post("/login", "username", this.name, "password", password).location();
	}

	private static Answer recover(Browser visitor, String name, String code) {
		return visitor.post("/recover", "username", name, "code", code, "newPassword", NEW);
	}

}

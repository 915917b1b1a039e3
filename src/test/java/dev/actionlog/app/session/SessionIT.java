package dev.actionlog.app.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the sessions in the database, and for the page that lists and ends them.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class SessionIT {

	private static final String PAGE = "/settings/security";

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	SessionIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void aSessionEndsWhenItWasNotUsedForADay() {
		used(Duration.ofHours(24).plusMinutes(2));
		assertThat(this.browser.get("/profile").location()).startsWith("/login?expired");
	}

	@Test
	void aSessionThatIsUsedDaily() {
		used(Duration.ofHours(24).minusMinutes(2));
		assertThat(this.browser.get("/profile").status()).isEqualTo(200);
	}

	@Test
	void aVisitorsSessionLastsTenMinutes() {
		this.browser.post("/logout");
		Matcher id = Pattern.compile("SESSION=([\\w-]+)").matcher(this.browser.cookieHeader());
		assertThat(id.find()).isTrue();
		assertThat(this.app.jdbc()
			.sql("select max_inactive_interval from spring_session where session_id = ?")
			.param(id.group(1))
			.query(Integer.class)
			.single()).isEqualTo(600);
	}

	@Test
	void aSessionEndsAfterThirtyDaysHoweverMuchItIsUsed() {
		opened(Duration.ofDays(30).minusMinutes(2));
		assertThat(this.browser.get("/profile").status()).isEqualTo(200);
		opened(Duration.ofDays(30).plusMinutes(2));
		assertThat(this.browser.get("/profile").location()).startsWith("/login?expired");
		assertThat(sessions()).isZero();
	}

	@Test
	void theSessionThatWasUsedLeastRecentlyEndsWhenThereAreTooMany() {
		used(Duration.ofHours(1));
		List<Browser> others = Stream.generate(() -> this.app.signIn(this.name)).limit(51).toList();
		assertThat(sessions()).isEqualTo(51);
		assertThat(this.browser.get("/profile").location()).startsWith("/login?expired");
		assertThat(others.get(50).get("/profile").status()).isEqualTo(200);
	}

	@Test
	void aPageWritesTheLastUseOnceAMinuteAtMost() {
		this.browser.get("/profile");
		this.app.sql().clear();
		this.browser.get("/profile");
		assertThat(sessionUpdates()).isEmpty();
		used(Duration.ofSeconds(61));
		this.app.sql().clear();
		this.browser.get("/profile");
		assertThat(sessionUpdates()).hasSize(1);
	}

	@Test
	void aPageReadsTheSessionOnce() {
		this.browser.get("/profile");
		this.app.sql().clear();
		this.browser.get("/profile");
		assertThat(this.app.sql().statements())
			.filteredOn((sql) -> sql.toLowerCase(Locale.ROOT).contains("spring_session"))
			.hasSize(1);
	}

	@Test
	void theCookieIsSentOnce() {
		assertThat(this.browser.get("/profile").headers().allValues("Set-Cookie"))
			.noneMatch((cookie) -> cookie.startsWith("SESSION="));
	}

	@Test
	void thePageListsTheSessionsAndEndsOne() {
		Browser phone = this.app.browser()
			.with("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
		phone.post("/login", "username", this.name, "password", App.PASSWORD);
		Answer page = this.browser.get(PAGE);
		assertThat(page.text()).contains("Firefox on Linux", "Unknown device", "This device", "127.0.0.0/24");
		Matcher session = Pattern.compile("action=\"(/settings/security/sessions/\\d+/end)\"").matcher(page.text());
		assertThat(session.find()).isTrue();
		assertThat(this.browser.post(session.group(1)).location()).isEqualTo(PAGE);
		assertThat(phone.get("/profile").location()).startsWith("/login?expired");
		assertThat(this.browser.get(PAGE).text()).contains("Signed out there", "Signed out elsewhere");
	}

	@Test
	void theOperatorEndsThemInTheDatabase() {
		this.app.jdbc().sql("delete from spring_session where principal_name = ?").param(this.name).update();
		assertThat(this.browser.get("/profile").location()).startsWith("/login?expired");
	}

	@Test
	void nobodyEndsTheSessionOfAnother() {
		Browser other = this.app.signUp(App.newName());
		other.get("/recovery-code");
		long session = this.app.jdbc()
			.sql("select max(id) from security_event where username = ?")
			.param(this.name)
			.query(Long.class)
			.single();
		other.post(PAGE + "/sessions/" + session + "/end");
		assertThat(this.browser.get("/profile").status()).isEqualTo(200);
	}

	@Test
	void allOthersEndAtOnce() {
		List<Browser> others = List.of(this.app.signIn(this.name), this.app.signIn(this.name));
		assertThat(sessions()).isEqualTo(3);
		this.browser.post(PAGE + "/sessions/end-others");
		assertThat(others)
			.allSatisfy((other) -> assertThat(other.get("/profile").location()).startsWith("/login?expired"));
		assertThat(this.browser.get("/profile").status()).isEqualTo(200);
		assertThat(sessions()).isOne();
	}

	@Test
	void afterFifteenMinutesThePasswordIsAskedFor() {
		Browser other = this.app.signIn(this.name);
		this.app.clock().advance(Duration.ofMinutes(16));
		try {
			Answer question = this.browser.post(PAGE + "/sessions/end-others");
			assertThat(question.text()).contains("Confirm that it is you",
					"action=\"" + PAGE + "/sessions/end-others\"");
			assertThat(other.get("/profile").status()).isEqualTo(200);
			this.browser.post(PAGE + "/sessions/end-others", "password", App.PASSWORD);
			assertThat(other.get("/profile").location()).startsWith("/login?expired");
		}
		finally {
			this.app.clock().reset();
		}
	}

	@Test
	void anIdHas256RandomBits() {
		assertThat(this.app.jdbc()
			.sql("select session_id from spring_session where principal_name = ?")
			.param(this.name)
			.query((row, number) -> row.getString(1))
			.single()).matches("[A-Za-z0-9_-]{43}");
	}

	@Test
	void thePageHasNoIdOfASession() {
		this.app.signIn(this.name);
		String page = this.browser.get(PAGE).text();
		assertThat(this.app.jdbc()
			.sql("select session_id from spring_session where principal_name = ?")
			.param(this.name)
			.query((row, number) -> row.getString(1))
			.list()).hasSize(2).noneMatch(page::contains);
	}

	@Test
	void aNewPasswordAndTheDeletionLeaveNoOtherSession() {
		this.app.signIn(this.name);
		this.browser.post("/profile/password", "currentPassword", App.PASSWORD, "newPassword", "another horse battery");
		assertThat(sessions()).isOne();
		this.browser.post("/settings/delete", "password", "another horse battery");
		assertThat(sessions()).isZero();
	}

	private void used(Duration ago) {
		long time = Instant.now().minus(ago).toEpochMilli();
		this.app.jdbc()
			.sql("update spring_session set last_access_time = ?, expiry_time = ? where principal_name = ?")
			.params(time, time + Duration.ofHours(24).toMillis(), this.name)
			.update();
	}

	private void opened(Duration ago) {
		this.app.jdbc()
			.sql("update spring_session set creation_time = ? where principal_name = ?")
			.params(Instant.now().minus(ago).toEpochMilli(), this.name)
			.update();
	}

	private long sessions() {
		return this.app.jdbc()
			.sql("select count(*) from spring_session where principal_name = ?")
			.param(this.name)
			.query(Long.class)
			.single();
	}

	private List<String> sessionUpdates() {
		return this.app.sql()
			.statements()
			.stream()
			.filter((sql) -> sql.toLowerCase(Locale.ROOT).strip().startsWith("update spring_session"))
			.toList();
	}

}

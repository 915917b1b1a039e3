package dev.actionlog.app.account;

import java.util.List;
import java.util.Map;

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
 * Tests for deleting an account, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class AccountDeletionTests {

	private static final List<String> TABLES = List.of("users", "authorities", "account", "photo", "actionlog_profile");

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	AccountDeletionTests(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
		this.browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10)));
	}

	@Test
	void leavesNothingOfTheAccount() {
		assertThat(TABLES).allSatisfy((table) -> assertThat(rows(table)).isOne());
		assertThat(rows("actionlog_action")).isEqualTo(2);
		Answer answer = delete(App.PASSWORD);
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/");
		assertThat(TABLES).allSatisfy((table) -> assertThat(rows(table)).isZero());
		assertThat(rows("actionlog_action")).isZero();
	}

	@Test
	void endsEverySession() {
		Browser other = this.app.signIn(this.name);
		delete(App.PASSWORD);
		assertThat(this.browser.get("/profile").location()).isEqualTo("/login");
		assertThat(other.get("/profile").location()).isEqualTo("/login");
		assertThat(this.app.browser().post("/login", "username", this.name, "password", App.PASSWORD).location())
			.isEqualTo("/login?error");
	}

	@Test
	void aSessionThatIsLeftOverCannotBringTheProfileBack() {
		Browser other = this.app.signIn(this.name);
		Browser third = this.app.signIn(this.name);
		other.get("/profile");
		third.get("/profile");
		delete(App.PASSWORD);
		assertThat(other.post("/logout").location()).isEqualTo("/");
		assertThat(third.post("/profile/actions/keep", "keep", "5").location()).isEqualTo("/login");
		assertThat(rows("actionlog_profile")).isZero();
	}

	@Test
	void theNextOwnerOfTheNameHasANewProfile() {
		Browser other = this.app.signIn(this.name);
		delete(App.PASSWORD);
		Browser next = this.app.signUp(this.name);
		assertThat(next.get("/profile").actions()).containsExactly("Signed up");
		assertThat(next.get("/profile/photo").status()).isEqualTo(404);
		assertThat(other.get("/profile").location()).isEqualTo("/login");
	}

	@Test
	void asksForThePassword() {
		Answer answer = delete("not " + App.PASSWORD);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("This is not your password.");
		assertThat(this.browser.post("/settings/delete").errors()).containsExactly("This is not your password.");
		assertThat(TABLES).allSatisfy((table) -> assertThat(rows(table)).isOne());
	}

	private Answer delete(String password) {
		return this.browser.post("/settings/delete", "password", password);
	}

	private long rows(String table) {
		return this.app.jdbc()
			.sql("select count(*) from " + table + " where username = ?")
			.param(this.name)
			.query(Long.class)
			.single();
	}

}

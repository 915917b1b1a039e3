package dev.actionlog.app;

import java.sql.Connection;
import java.sql.SQLException;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an operation and its recorded action being one transaction, on both
 * databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class TransactionIT {

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	TransactionIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void anOperationThatFailsRecordsNoAction() {
		constrained("account", "username <> '" + this.name + "' or display_name <> 'Refused'", () -> {
			assertThat(rename("Refused").status()).isEqualTo(500);
			assertThat(this.app.log(this.name)).containsExactly("signed.up");
		});
		assertThat(rename("Refused").status()).isEqualTo(303);
	}

	@Test
	void anActionThatCannotBeRecordedFailsTheOperation() {
		constrained("actionlog_action", "username <> '" + this.name + "' or message <> 'name.changed'",
				() -> assertThat(rename("Not to be").status()).isEqualTo(500));
		assertThat(this.browser.get("/profile").text()).contains(">" + this.name + "</h2>").doesNotContain("Not to be");
	}

	@Test
	void aLockTimeoutLeavesNeither() throws SQLException {
		this.browser.get("/profile");
		try (Connection lock = this.app.lockProfile(this.name)) {
			Answer answer = rename("Not to be");
			assertThat(lock.isClosed()).isFalse();
			assertThat(answer.status()).isEqualTo(409);
			assertThat(answer.title()).isEqualTo("Somebody was faster");
			assertThat(answer.text()).contains("href=\"/profile\"");
		}
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
		assertThat(this.browser.get("/profile").text()).doesNotContain("Not to be");
	}

	private Answer rename(String displayName) {
		return this.browser.post("/profile/name", "name", displayName);
	}

	private void constrained(String table, String condition, Runnable operation) {
		this.app.jdbc().sql("alter table %s add constraint refusal check (%s)".formatted(table, condition)).update();
		try {
			operation.run();
		}
		finally {
			this.app.jdbc().sql("alter table %s drop constraint refusal".formatted(table)).update();
		}
	}

}

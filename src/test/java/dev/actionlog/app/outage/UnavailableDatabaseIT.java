package dev.actionlog.app.outage;

import java.util.List;

import javax.sql.DataSource;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.ServerLog;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application while no connection to the database can be had.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class UnavailableDatabaseIT {

	private final App app;

	private final Browser user;

	UnavailableDatabaseIT(Database database) {
		this.app = App.on(database);
		this.user = this.app.signUp(App.newName());
		this.user.get("/profile");
	}

	@AfterEach
	void makeAvailable() throws Exception {
		this.app.sql().clear();
		// so that the next test begins an outage of its own
		Together.eventually(() -> !this.app.bean(DataSource.class).unwrap(WatchedPool.class).outage().isWatched());
	}

	@ParameterizedTest
	@CsvSource({ "/profile", "/settings", "/", "/nowhere", "/profile/photo/file" })
	void aSignedInUserIsToldToTryAgain(String path) throws Exception {
		List<String> cookies = this.user.cookies();
		makeUnavailable();
		try (ServerLog log = new ServerLog()) {
			assertIsUnavailable(this.user.get(path), "Try again in a moment");
			assertIsUnavailable(this.user.get(path, "Accept-Language", "pt-BR"), "Tente de novo daqui a pouco");
			assertThat(log.entries()).filteredOn((entry) -> entry.startsWith("The database cannot be reached: "))
				.hasSize(1)
				.noneMatch((entry) -> entry.contains("\n"));
			// the server, which would log the stack trace
			assertThat(log.entries()).noneMatch((entry) -> entry.contains("Servlet.service()"));
		}
		makeAvailable();
		assertThat(this.user.cookies()).isEqualTo(cookies);
		assertThat(this.user.get("/profile").status()).isEqualTo(200);
	}

	@Test
	void aFormIsNotTakenAndNothingIsLost() throws Exception {
		this.user.get("/settings");
		makeUnavailable();
		assertIsUnavailable(this.user.post("/profile/name", "name", "Ann"), "Try again in a moment");
		assertIsUnavailable(this.user.post("/logout"), "Try again in a moment");
		makeAvailable();
		assertThat(this.user.post("/profile/name", "name", "Ann").status()).isEqualTo(303);
	}

	@Test
	void aVisitorIsToldToTryAgain() {
		Browser visitor = this.app.browser();
		visitor.get("/login");
		makeUnavailable();
		assertThat(visitor.get("/login").status()).isEqualTo(200);
		assertIsUnavailable(visitor.post("/login", "username", "ann", "password", App.PASSWORD),
				"Try again in a moment");
		assertIsUnavailable(visitor.post("/sign-up", "username", App.newName(), "password", App.PASSWORD),
				"Try again in a moment");
	}

	private void makeUnavailable() {
		this.app.sql().failConnections();
	}

	private static void assertIsUnavailable(Answer answer, String title) {
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.header("Retry-After")).isEqualTo("5");
		assertThat(answer.header("Content-Security-Policy")).isNotEmpty();
		assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
		assertThat(answer.title()).isEqualTo(title);
	}

}

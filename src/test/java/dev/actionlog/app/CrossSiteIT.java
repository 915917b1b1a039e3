package dev.actionlog.app;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests that a page of another site sends, with a valid CSRF token.
 */
class CrossSiteIT {

	private final App app = App.on(Database.H2);

	private final String name = App.newName();

	private final Browser browser = this.app.signUp(this.name);

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Sec-Fetch-Site, ''",
			"Origin, https://example.org", "Origin, null", "Origin, http://127.0.0.1:1", "Origin, http://localhost",
			"Origin, %%" })
	void areRefused(String header, String value) {
		this.browser.get("/profile");
		Answer answer = this.browser.with(header, value).post("/profile/name", "name", "Mallory");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.title()).isEqualTo("The form expired");
		assertThat(answer.text()).contains("href=\"/profile\"");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
		assertThat(this.browser.get("/profile").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/sign-up", "/logout", "/settings/delete" })
	void areRefusedForEveryForm(String path) {
		Browser visitor = this.app.browser();
		visitor.get("/sign-up");
		visitor.with("Sec-Fetch-Site", "cross-site");
		assertThat(visitor.post(path, "username", this.name, "password", App.PASSWORD).status()).isEqualTo(403);
		assertThat(visitor.cookies()).containsExactly("XSRF-TOKEN");
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site, same-origin", "Sec-Fetch-Site, none", "Origin, http://127.0.0.1:PORT",
			"Origin, HTTP://127.0.0.1:PORT" })
	void areAcceptedFromThisSite(String header, String value) {
		this.browser.with(header, value.replace("PORT", String.valueOf(this.app.port())));
		assertThat(this.browser.post("/profile/name", "name", "Ann").status()).isEqualTo(303);
	}

}

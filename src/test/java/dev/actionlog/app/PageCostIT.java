package dev.actionlog.app;

import java.util.List;
import java.util.Map;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the number of SQL statements of a page, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class PageCostIT {

	private final App app;

	PageCostIT(Database database) {
		this.app = App.on(database);
	}

	@Test
	void theProfileCostsAtMostFive() {
		Browser browser = this.app.signUp(App.newName());
		browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10)));
		// shows the waiting messages
		browser.get("/profile");
		assertThat(cost(browser, "/profile")).isNotEmpty().hasSizeLessThanOrEqualTo(5);
	}

	@Test
	void theListOfWhatWasShownCostsOneWhereItIsAskedFor() {
		Browser browser = this.app.signUp(App.newName());
		browser.get("/profile");
		assertThat(cost(browser, "/profile")).noneMatch((statement) -> statement.contains("from actionlog_shown"));
		assertThat(cost(browser, "/messages/recent")).filteredOn((statement) -> statement.contains("actionlog_"))
			.singleElement()
			.asString()
			.contains("from actionlog_shown");
	}

	@Test
	void aPhotoCostsThree() {
		Browser browser = this.app.signUp(App.newName());
		browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10)));
		assertThat(cost(browser, "/profile/photo/file")).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/", "/login", "/login?error", "/sign-up", "/recover", "/profile", "/nowhere", "/favicon.ico" })
	void aPageForAnonymousVisitorsCostsNone(String path) {
		assertThat(cost(this.app.browser(), path)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/css/app.css", "/webjars/picocss__pico/css/pico.classless.min.css" })
	void aStaticFileMakesNoSessionAndCostsNoMoreThanToReadIt(String path) {
		Browser visitor = this.app.browser();
		assertThat(cost(visitor, path)).isEmpty();
		assertThat(visitor.cookies()).isEmpty();
		// Spring MVC looks for its flash attributes
		assertThat(cost(this.app.signUp(App.newName()), path)).hasSizeLessThanOrEqualTo(1);
	}

	private List<String> cost(Browser browser, String path) {
		this.app.sql().clear();
		browser.get(path);
		return this.app.sql().statements();
	}

}

package dev.actionlog.flash;

import java.time.Clock;
import java.util.Map;

import dev.actionlog.database.Database;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.testing.TestApplication;

import org.springframework.boot.ApplicationContextFactory;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.GenericWebApplicationContext;

/**
 * Starts applications that are web applications, but have no server.
 */
final class WebTestApplication {

	private WebTestApplication() {
	}

	static TestApplication start(Map<String, Object> database, Clock clock, String... settings) {
		return TestApplication.start(database, (application) -> application
			.contextFactory(
					ApplicationContextFactory.of(() -> new GenericWebApplicationContext(new MockServletContext())))
			.initializers((context) -> context.getBeanFactory().registerSingleton("clock", clock))
			.properties("spring.jpa.open-in-view=false", "spring.security.user.password=unused"), settings);
	}

	/**
	 * Where the messages of a user wait, as a node sees it.
	 */
	static FlashStorage storage(TestApplication node, String username) {
		return FlashAutoConfiguration
			.users(node.get(Database.class), node.get(ProfileRows.class), node.get(FlashPolicy.class))
			.apply(username);
	}

}

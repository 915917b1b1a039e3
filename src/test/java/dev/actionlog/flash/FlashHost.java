package dev.actionlog.flash;

import java.time.Clock;
import java.util.Map;

import dev.actionlog.testing.Host;

import org.springframework.boot.ApplicationContextFactory;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.GenericWebApplicationContext;

/**
 * Starts hosts that are web applications, but have no server.
 */
final class FlashHost {

	private FlashHost() {
	}

	static Host start(Map<String, Object> database, Clock clock, String... settings) {
		return Host.start(database, (application) -> application
			.contextFactory(
					ApplicationContextFactory.of(() -> new GenericWebApplicationContext(new MockServletContext())))
			.initializers((context) -> context.getBeanFactory().registerSingleton("clock", clock))
			.properties("spring.jpa.open-in-view=false", "spring.security.user.password=unused"), settings);
	}

}

package dev.actionlog.live;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import dev.actionlog.flash.FlashMessages;
import dev.actionlog.profile.CurrentUser;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.EventStream;
import dev.actionlog.testing.TestApplication;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.ModelAndView;

/**
 * A site with live delivery, whose users are named by a header.
 */
@Configuration(proxyBeanMethods = false)
@Import(LiveSite.Pages.class)
class LiveSite {

	/**
	 * Starts the site.
	 */
	static TestApplication start(Map<String, Object> database, String... settings) {
		return TestApplication.start(database, (application) -> application.web(WebApplicationType.SERVLET)
			.sources(LiveSite.class)
			.properties("server.port=0", "server.address=127.0.0.1", "server.servlet.session.tracking-modes=cookie",
					"spring.jpa.open-in-view=true", "server.shutdown=graceful", "actionlog.live.enabled=true",
					// a test sends faster than pages are shown
					"actionlog.flash.max-pending=1000"),
				settings);
	}

	static int port(TestApplication application) {
		return Integer.parseInt(application.get(Environment.class).getRequiredProperty("local.server.port"));
	}

	/**
	 * A browser of a user, without the script.
	 */
	static Browser browser(TestApplication application, String user) {
		return new Browser(port(application)).with("X-User", user).with("X-Requested-With", "XMLHttpRequest");
	}

	/**
	 * What the script asks for: a page that confirms what it shows.
	 */
	static Answer getWithScript(TestApplication application, String user, String path) {
		return browser(application, user).get(path, "Cookie", "actionlog-live=abc");
	}

	static EventStream stream(TestApplication application, String user, String query) throws IOException {
		return new EventStream(port(application), "/actionlog/live" + query, "X-User: " + user);
	}

	@Bean
	CurrentUser currentUser() {
		return () -> (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet)
				? user(servlet.getRequest()) : Optional.empty();
	}

	private static Optional<String> user(HttpServletRequest request) {
		return Optional.ofNullable(request.getHeader("X-User"));
	}

	@Bean
	SecurityFilterChain noSecurity(HttpSecurity http) {
		return http.securityMatcher("/nowhere").build();
	}

	@Controller
	static class Pages {

		private final FlashMessages flash;

		Pages(FlashMessages flash) {
			this.flash = flash;
		}

		@GetMapping("/page")
		ModelAndView page() {
			return new ModelAndView("told/page", Map.of("shows", true));
		}

		@GetMapping("/keeping")
		ModelAndView keepingPage() {
			this.flash.keep();
			return page();
		}

		@PostMapping("/add")
		@ResponseBody
		String add(@RequestParam String text) {
			this.flash.success(text);
			return "added";
		}

	}

}

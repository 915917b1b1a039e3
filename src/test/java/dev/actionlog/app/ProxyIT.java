package dev.actionlog.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.QuickPasswords;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application behind a proxy, with the settings that it has by default and
 * those that the documentation tells.
 */
class ProxyIT {

	@Test
	void nobodyIsAProxyByDefault() {
		List<String> cookies = cookies();
		assertThat(cookies).extracting((cookie) -> cookie.replaceAll("=.*", ""))
			.contains("XSRF-TOKEN", "SESSION")
			.noneMatch((name) -> name.startsWith("__Host-"));
		assertThat(cookies).noneMatch((cookie) -> cookie.contains("Secure"));
	}

	@Test
	void behindAProxyTheCookiesAreForThisHostAndHttpsOnly() {
		List<String> cookies = cookies("--server.tomcat.remoteip.internal-proxies=127.0.0.1/32");
		assertThat(cookies).extracting((cookie) -> cookie.replaceAll("=.*", ""))
			.contains("__Host-XSRF-TOKEN", "__Host-SESSION")
			.doesNotContain("XSRF-TOKEN", "SESSION");
		assertThat(cookies).filteredOn((cookie) -> cookie.startsWith("__Host-"))
			.allSatisfy((cookie) -> assertThat(cookie).contains("; Path=/;", "Secure", "HttpOnly")
				.doesNotContain("Domain="));
	}

	/**
	 * The cookies of a user who signs up through a proxy on this machine.
	 */
	private static List<String> cookies(String... settings) {
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.banner-mode=off", "--logging.level.root=off", QuickPasswords.SETTING));
		Database.H2.create().forEach((name, value) -> all.add("--" + name + "=" + value));
		all.addAll(List.of(settings));
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(ActionLogApplication.class,
				QuickPasswords.class)
			.run(all.toArray(String[]::new))) {
			Browser browser = new Browser(
					application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			browser.with("X-Forwarded-Proto", "https").with("X-Forwarded-For", "192.0.2.1");
			return Stream
				.of(browser.get("/sign-up"),
						browser.post("/sign-up", "username", App.newName(), "password", App.PASSWORD),
						browser.get("/profile"))
				.peek((answer) -> assertThat(answer.status()).isIn(200, 303))
				.flatMap((answer) -> answer.headers().allValues("Set-Cookie").stream())
				.toList();
		}
	}

}

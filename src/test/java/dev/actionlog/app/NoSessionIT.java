package dev.actionlog.app;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for visitors who are not signed in having no session, whatever they ask for.
 */
class NoSessionIT {

	private static final App app = App.on(Database.H2);

	static List<String> paths() {
		return Stream.concat(app.endpoints().stream().map(Endpoint::path).distinct(),
				Stream.of("/login?error", "/login?expired&continue=/settings", "/nowhere", "/profile/nothing",
						"/actuator", "/actuator/health", "/actuator/env", "/favicon.ico", "/css/app.css",
						"/css/nothing.css", "/;a=b"))
			.toList();
	}

	@Test
	void theEndpointsAreFound() {
		assertThat(paths()).contains("/", "/login", "/sign-up", "/profile", "/settings", "/profile/actions/clear");
	}

	@ParameterizedTest
	@MethodSource("paths")
	void noPageMakesOne(String path) {
		assertThatNoSessionIsMade((visitor) -> {
			visitor.get(path);
			visitor.get(path + (path.contains("?") ? "&" : "?") + "x".repeat(6000));
			visitor.get(path, "Accept", "application/json");
			visitor.get(path, "X-Requested-With", "XMLHttpRequest", "X-Forwarded-Host", "example.org");
			visitor.head(path);
		});
	}

	@ParameterizedTest
	@MethodSource("paths")
	void noSessionThatHasEndedIsReplaced(String path) {
		assertThatNoSessionIsMade((visitor) -> visitor.get(path, "Cookie", "SESSION=0123"));
		assertThatNoSessionIsMade((visitor) -> visitor.follow(visitor.get(path, "Cookie", "SESSION=0123")));
	}

	@ParameterizedTest
	@MethodSource("paths")
	void noFormThatFailsMakesOne(String path) {
		assertThatNoSessionIsMade((visitor) -> {
			visitor.postWithoutToken(path, "name", "Ann");
			visitor.post(path, "username", "?", "password", "wrong", "continue", "/settings");
			visitor.follow(visitor.post(path));
			visitor.with("Cookie", "SESSION=0123").postWithoutToken(path);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE" })
	void noOtherMethodMakesOne(String method) {
		assertThatNoSessionIsMade((visitor) -> paths().forEach((path) -> visitor.send(method, path)));
	}

	private static void assertThatNoSessionIsMade(Consumer<Browser> visit) {
		Set<String> before = sessions();
		Browser visitor = app.browser();
		visit.accept(visitor);
		assertThat(visitor.cookies()).isSubsetOf("XSRF-TOKEN", "__Host-XSRF-TOKEN", "username");
		// what has expired is deleted meanwhile
		assertThat(sessions()).isSubsetOf(before);
	}

	private static Set<String> sessions() {
		return app.jdbc().sql("select session_id from spring_session").query((row, number) -> row.getString(1)).set();
	}

}

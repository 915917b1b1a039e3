package dev.actionlog.app;

import java.util.Map;
import java.util.List;
import java.util.Set;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Endpoint;
import dev.actionlog.testing.Pictures;
import dev.actionlog.testing.ServerLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rules of all endpoints: who may call them, and how.
 */
class EndpointsIT {

	private final App app = App.on(Database.H2);

	@ParameterizedTest
	@CsvSource({ "/, 'See what you did, and miss nothing that matters'", "/sign-up, Sign up", "/login, Sign in",
			"/recover, Use your recovery code" })
	void pagesForEverybodyAreOpen(String path, String title) {
		Answer answer = this.app.browser().get(path);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.title()).isEqualTo(title);
		assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
	}

	@ParameterizedTest
	@CsvSource({ "/profile, Your profile", "/profile/edit, Edit profile", "/profile/actions, All recent actions",
			"/settings, Settings", "/settings/export, Download my data", "/settings/security, Sessions and security",
			"/settings/passkeys, Passkeys", "/messages, Messages" })
	void ownPagesAreOpenToTheirOwner(String path, String title) {
		Answer answer = this.app.signUp(App.newName()).get(path);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.title()).isEqualTo(title);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/profile", "/profile/photo/file", "/profile/edit", "/profile/name", "/profile/actions",
			"/settings", "/settings/export", "/settings/export/state", "/recovery-code", "/settings/recovery-code",
			"/settings/passkeys", "/messages", "/messages/recent", "/sent-form", "/nowhere" })
	void aSignedOutUserIsRedirectedToTheSignInPage(String path) {
		Answer answer = this.app.browser().get(path);
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.location()).isEqualTo("/login?continue=" + path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/profile", "/profile/photo/file", "/profile/actions", "/settings" })
	void aSignedOutRequestForJsonIsUnauthorized(String path) {
		Browser client = this.app.browser().with("Accept", "application/json");
		Answer answer = client.get(path);
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("Location")).isEmpty();
		assertThat(client.cookies()).doesNotContain("SESSION");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/profile/name", "/profile/photo", "/profile/photo/delete", "/profile/password",
			"/profile/actions/clear", "/profile/actions/keep", "/settings", "/settings/delete", "/settings/passkeys",
			"/settings/passkeys/password", "/settings/passkeys/options", "/settings/passkeys/remove" })
	void aFormOfASignedOutUserIsNotAccepted(String path) {
		Browser visitor = this.app.browser();
		Answer answer = visitor.post(path, "name", "Ann", "keep", "5");
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.location()).isEqualTo("/login");
		assertThat(visitor.with("Accept", "application/json").post(path).status()).isEqualTo(401);
	}

	@ParameterizedTest
	@CsvSource({ "/sign-up, /sign-up, the sign-up page", "/login, /login, the sign-in page",
			"/logout, /, the start page", "/profile/name, /profile/edit, the profile editor",
			"/profile/photo, /profile/edit, the profile editor",
			"/profile/photo/delete, /profile/edit, the profile editor",
			"/profile/password, /profile/edit, the profile editor",
			"/profile/actions, /profile/actions, your recent actions",
			"/profile/actions/clear, /profile/actions, your recent actions",
			"/profile/actions/keep, /profile/actions, your recent actions", "/settings, /settings, the settings",
			"/settings/delete, /settings, the settings", "/settings/export, /settings, the settings",
			"/recover, /recover, the recovery page", "/settings/recovery-code, /settings, the settings",
			"/settings/passkeys, /settings, the settings", "/settings/passkeys/password, /settings, the settings",
			"/settings/passkeys/options, /settings, the settings", "/settings/passkeys/remove, /settings, the settings",
			"/login/webauthn, /login, the sign-in page", "/webauthn/authenticate/options, /, the start page" })
	void aFormWithoutItsTokenHasExpired(String path, String back, String name) {
		String user = App.newName();
		for (Browser browser : new Browser[] { this.app.browser(), this.app.signUp(user) }) {
			Answer answer = browser.postWithoutToken(path, "name", "Ann", "keep", "5", "password", App.PASSWORD);
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.title()).isEqualTo("The form expired");
			assertThat(answer.text()).contains(" href=\"" + back + "\">Go to " + name + "</a>");
			assertThat(answer.headers().allValues("Set-Cookie")).noneMatch((cookie) -> cookie.startsWith("SESSION="));
			assertThat(browser.postWithoutToken(path, "_csrf", "stale").title()).isEqualTo("The form expired");
		}
		assertThat(this.app.log(user)).containsExactly("signed.up");
	}

	@ParameterizedTest
	@CsvSource({ "POST, /", "DELETE, /sign-up", "PUT, /login", "GET, /logout", "PUT, /logout", "POST, /profile",
			"DELETE, /profile", "POST, /profile/edit", "DELETE, /profile/photo", "POST, /profile/photo/file",
			"PUT, /profile/name", "POST, /profile/actions", "DELETE, /settings", "POST, /settings/export/file",
			"GET, /settings/security/answer", "POST, /messages", "POST, /actuator/health", "TRACE, /",
			"TRACE, /login" })
	void anotherMethodIsNotAllowed(String method, String path) {
		String name = App.newName();
		Browser browser = this.app.signUp(name);
		Answer answer = browser.send(method, path);
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.title()).isEqualTo("That does not work here");
		assertThat(answer.header("Allow")).isNotEmpty();
		assertThat(this.app.log(name)).containsExactly("signed.up");
	}

	/**
	 * A refused form is shown at the address that it was sent to.
	 */
	@ParameterizedTest
	@CsvSource({ "/sign-up, Sign up", "/login, Sign in", "/recover, Use your recovery code",
			"/profile/name, Edit profile", "/profile/photo, Edit profile", "/profile/photo/delete, Edit profile",
			"/profile/password, Edit profile", "/profile/actions/clear, All recent actions",
			"/profile/actions/keep, All recent actions", "/settings, Settings", "/settings/delete, Settings",
			"/settings/recovery-code, Confirm that it is you", "/settings/export, Download my data",
			"/settings/export/confirm, Confirm that it is you", "/settings/passkeys, Passkeys",
			"/settings/passkeys/password, Passkeys", "/settings/passkeys/remove, Passkeys",
			"/settings/security/sessions/1/end, Sessions and security",
			"/settings/security/sessions/end-others, Sessions and security" })
	void theAddressOfAFormSurvivesAReload(String path, String title) {
		Browser browser = List.of("/sign-up", "/login", "/recover").contains(path) ? this.app.browser()
				: this.app.signUp(App.newName());
		Answer answer = browser.follow(browser.get(path));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.title()).isEqualTo(title);
	}

	/**
	 * A link to a page would be looked up in all jars, each time that it is shown.
	 */
	@Test
	void noPageIsLookedUpAsAStaticFile() {
		Set<String> patterns = this.app.bean(ResourceUrlProvider.class).getHandlerMap().keySet();
		assertThat(patterns).anyMatch((pattern) -> matches(pattern, "/css/app.css"));
		assertThat(this.app.endpoints()).extracting(Endpoint::path)
			.contains("/profile")
			.allSatisfy((path) -> assertThat(patterns).noneMatch((pattern) -> matches(pattern, path)));
	}

	private static boolean matches(String pattern, String path) {
		return PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nowhere", "/profile/nothing", "/css/nothing.css", "/favicon.ico" })
	void anUnknownPathIsNotFoundWithoutAWarning(String path) {
		Browser browser = this.app.signUp(App.newName());
		try (ServerLog log = new ServerLog()) {
			for (String type : List.of("text/plain", "*/*", "a/b/c")) {
				Answer answer = browser.get(path, "Content-Type", type);
				assertThat(answer.status()).isEqualTo(404);
				assertThat(answer.title()).isEqualTo("Page not found");
			}
			assertThat(log.entries()).isEmpty();
		}
	}

	@Test
	void passwordManagersFindTheForm() {
		Browser browser = this.app.signUp(App.newName());
		assertThat(browser.get("/.well-known/change-password").header("Location")).endsWith("/profile/edit#password");
		assertThat(browser.get("/profile/edit").text()).contains("id=\"password\"");
		assertThat(this.app.browser().get("/.well-known/change-password").location()).startsWith("/login");
		assertThat(this.app.browser().get("/.well-known/resource-that-should-not-exist").status()).isEqualTo(404);
	}

	@Test
	void onlyTheHealthOfTheActuatorIsOpen() {
		assertThat(this.app.browser().get("/actuator/health").text()).contains("\"status\":\"UP\"")
			.doesNotContain("components", "details");
		assertThat(this.app.browser().get("/actuator").location()).startsWith("/login");
		Browser browser = this.app.signUp(App.newName());
		assertThat(browser.get("/actuator/env").status()).isEqualTo(403);
		assertThat(browser.get("/actuator/sbom/application").status()).isEqualTo(403);
		assertThat(browser.get("/actuator/health/db").status()).isEqualTo(403);
	}

	@Test
	void nobodySeesTheDataOfAnotherUser() {
		Browser ann = this.app.signUp(App.newName());
		ann.post("/profile/name", "name", "Ann of Lisbon");
		ann.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10)));
		ann.post("/profile/actions/keep", "keep", "7");
		// also not on the same browser
		ann.post("/logout");
		String name = App.newName();
		ann.post("/sign-up", "username", name, "password", App.PASSWORD);
		for (Browser bob : new Browser[] { ann, this.app.signIn(name) }) {
			assertThat(bob.get("/profile").text()).doesNotContain("Ann of Lisbon", "Photo changed",
					"src=\"/profile/photo");
			assertThat(bob.get("/profile/actions").actions()).contains("Signed up")
				.allMatch((action) -> action.startsWith("Signed"));
			assertThat(bob.get("/profile").text()).contains("The newest 10 actions are kept.");
			assertThat(bob.get("/profile/photo/file").status()).isEqualTo(404);
		}
	}

	@Test
	void nobodyChangesTheDataOfAnotherUser() {
		String name = App.newName();
		Browser ann = this.app.signUp(name);
		ann.post("/profile/name", "name", "Ann of Lisbon");
		Browser bob = this.app.signUp(App.newName());
		bob.post("/profile/name?username=" + name, "name", "Bob", "username", name, "account", name);
		bob.post("/settings?username=" + name, "language", "pt-BR", "timeZone", "Asia/Tokyo", "username", name);
		bob.post("/profile/actions/clear?username=" + name, "username", name);
		bob.post("/settings/delete?username=" + name, "username", name, "password", App.PASSWORD);
		Answer profile = ann.get("/profile");
		assertThat(profile.text()).contains(">Ann of Lisbon</h2>");
		assertThat(profile.actions()).containsExactly("Name changed to Ann of Lisbon", "Signed up");
	}

	@Test
	void theStartPageShowsSamplesOfActionsAndMessages() {
		Answer english = this.app.browser().get("/");
		assertThat(english.actions()).containsExactly("Photo changed", "Name changed to Ann Almeida",
				"Passkey Laptop added", "Password changed");
		assertThat(english.samples()).hasSize(5);
		assertThat(english.text())
			.contains("data-level=\"success\"", "data-level=\"info\"", "data-level=\"warning\"", "data-level=\"error\"",
					"data-level=\"debug\"")
			.doesNotContain("??");
		assertThat(english.messages()).isEmpty();
		Answer portuguese = this.app.browser().get("/", "Accept-Language", "pt-BR");
		assertThat(portuguese.actions()).hasSize(4).doesNotContainAnyElementsOf(english.actions());
		assertThat(portuguese.samples()).hasSize(5).doesNotContainAnyElementsOf(english.samples());
		assertThat(portuguese.text()).doesNotContain("??");
	}

	@Test
	void ownPagesAreNotCached() {
		assertThat(this.app.signUp(App.newName()).get("/profile").header("Cache-Control")).contains("no-store");
	}

	@Test
	void cookiesAreSentFromThisSiteOnlyAndTheSessionIsHiddenFromScripts() {
		Browser browser = this.app.browser();
		browser.get("/sign-up");
		Answer answer = browser.post("/sign-up", "username", App.newName(), "password", App.PASSWORD);
		assertThat(answer.headers().allValues("Set-Cookie")).filteredOn((cookie) -> cookie.startsWith("SESSION="))
			.isNotEmpty()
			.allSatisfy((cookie) -> assertThat(cookie).containsIgnoringCase("SameSite=Lax").contains("HttpOnly"));
		assertThat(browser.get("/profile").headers().allValues("Set-Cookie"))
			.allSatisfy((cookie) -> assertThat(cookie).containsIgnoringCase("SameSite=Lax").contains("HttpOnly"));
	}

}

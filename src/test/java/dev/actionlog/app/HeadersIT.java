package dev.actionlog.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the headers and the size of pages and static files.
 */
class HeadersIT {

	private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/(?:css|js|img|webjars)/[^\"]+)\"");

	private final App app = App.on(Database.H2);

	@ParameterizedTest
	@ValueSource(strings = { "/", "/login", "/profile", "/settings", "/profile/actions/download", "/nowhere",
			"/css/app.css", "/css/nothing.css", "/actuator/health" })
	void everyResponseHasTheSecurityHeaders(String path) {
		Answer answer = this.app.signUp(App.newName()).get(path, "Origin", "https://example.org");
		assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
		assertThat(answer.header("Content-Security-Policy"))
			.isEqualTo("default-src 'self'; img-src 'self' data: blob:; "
					+ "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
		assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
		assertThat(answer.header("Permissions-Policy")).contains("camera=()", "geolocation=()", "microphone=()");
		assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
		assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/login?error", "/sign-up", "/profile", "/profile/actions", "/settings",
			"/settings/passkeys", "/messages", "/nowhere" })
	void noScriptOrStyleIsInline(String path) {
		Browser browser = this.app.signUp(App.newName());
		browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10)));
		for (Answer answer : List.of(browser.get(path), this.app.browser().get(path))) {
			assertThat(answer.text()).doesNotContainPattern("<style|<script(?![^>]* src=)|\\sstyle=|\\son\\w+=");
		}
	}

	@Test
	void filesHaveAHashInTheirNamesAndAreCachedForAYear() {
		List<String> files = FILE.matcher(this.app.browser().get("/").text())
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(files).hasSize(4).allMatch((file) -> file.matches(".*-[0-9a-f]{32}\\.(css|js|svg)"));
		assertThat(files).allSatisfy((file) -> {
			Answer answer = this.app.browser().get(file);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.header("Cache-Control")).isEqualTo("max-age=31536000");
			assertThat(answer.header("Content-Type"))
				.matches("(text/css|text/javascript|image/svg\\+xml);charset=UTF-8");
		});
		assertThat(this.app.browser().get("/css/app-0123456789abcdef0123456789abcdef.css").status()).isEqualTo(404);
	}

	@Test
	void pagesAndFilesAreCompressed() {
		Browser browser = this.app.signUp(App.newName()).with("Accept-Encoding", "gzip");
		assertThat(browser.get("/profile").header("Content-Encoding")).isEqualTo("gzip");
		assertThat(browser.get("/css/app.css").header("Content-Encoding")).isEqualTo("gzip");
		assertThat(browser.get("/js/app.js").header("Content-Encoding")).isEqualTo("gzip");
	}

	@Test
	void theProfilePageIsSmallAtTheFirstVisit() throws IOException {
		Browser browser = this.app.signUp(App.newName());
		for (int i = 0; i < 10; i++) {
			browser.post("/profile/name", "name", "The name that somebody has at the time " + i);
		}
		browser.with("Accept-Encoding", "gzip");
		Answer page = browser.get("/profile");
		int size = size(page);
		String html = new String(new GZIPInputStream(new ByteArrayInputStream(page.body())).readAllBytes(),
				StandardCharsets.UTF_8);
		List<String> files = FILE.matcher(html).results().map((match) -> match.group(1)).toList();
		assertThat(files).hasSize(4);
		for (String file : files) {
			size += size(browser.get(file));
		}
		assertThat(size).isLessThan(30 * 1024);
	}

	private static int size(Answer answer) {
		return answer.body().length
				+ answer.headers().map().entrySet().stream().mapToInt((header) -> header.toString().length() + 2).sum();
	}

	@Test
	void cookiesAreSecureOverHttps() {
		Browser browser = this.app.browser().with("X-Forwarded-Proto", "https");
		String name = App.newName();
		List<String> cookies = Stream
			.of(browser.get("/login"), browser.post("/login", "username", name, "password", "wrong"),
					browser.post("/sign-up", "username", name, "password", App.PASSWORD))
			.flatMap((answer) -> answer.headers().allValues("Set-Cookie").stream())
			.toList();
		assertThat(cookies).extracting((cookie) -> cookie.replaceAll("=.*", ""))
			.contains("__Host-XSRF-TOKEN", "__Host-username", "__Host-SESSION", "__Host-device")
			.doesNotContain("XSRF-TOKEN", "username", "SESSION", "device");
		assertThat(cookies).allSatisfy(
				(cookie) -> assertThat(cookie).contains("Secure", "HttpOnly").containsIgnoringCase("SameSite=Lax"));
		assertThat(browser.get("/profile").header("Strict-Transport-Security"))
			.isEqualTo("max-age=31536000 ; includeSubDomains");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/css/", "/js/", "/webjars/", "/webjars/picocss__pico/", "/img" })
	void noFolderIsListed(String path) {
		assertThat(this.app.browser().get(path).status()).isEqualTo(404);
	}

}

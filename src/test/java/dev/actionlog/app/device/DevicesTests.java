package dev.actionlog.app.device;

import java.util.Objects;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Devices}.
 */
class DevicesTests {

	private static final Devices devices = new Devices();

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox | Linux",
			"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1 | Mobile Safari | iOS",
			"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 | Chrome | Windows" })
	void namesBrowserAndSystem(String userAgent, String browser, String system) {
		this.request.addHeader("User-Agent", userAgent);
		Device device = devices.of(this.request);
		assertThat(device.browser()).isEqualTo(browser);
		assertThat(device.system()).isEqualTo(system);
		assertThat(device.nameCode()).isEqualTo("device.browser-and-system");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "\u0000\n", "Mozilla/5.0" })
	void anyOtherTextIsAnUnknownDevice(String userAgent) {
		this.request.addHeader("User-Agent", userAgent);
		assertThat(devices.of(this.request).nameCode()).isEqualTo("device.unknown");
	}

	@Test
	void aTextThatIsTooLongIsNotLookedAt() {
		this.request.addHeader("User-Agent", "Firefox/140.0 ".repeat(100_000));
		assertThat(devices.of(this.request).nameCode()).isEqualTo("device.unknown");
	}

	@Test
	void aDeviceIsKnownAgainByItsCookie() {
		MockHttpServletResponse response = new MockHttpServletResponse();
		String id = devices.remember(this.request, response).id();
		Cookie cookie = Objects.requireNonNull(response.getCookie("device"));
		assertThat(id).isNotEmpty().isNotEqualTo(cookie.getValue());
		this.request.setCookies(cookie);
		assertThat(devices.of(this.request).id()).isEqualTo(id);
		assertThat(devices.remember(this.request, new MockHttpServletResponse()).id()).isEqualTo(id);
	}

	@Test
	void overHttpsTheCookieIsOfThisHostOnly() {
		this.request.setSecure(true);
		MockHttpServletResponse response = new MockHttpServletResponse();
		devices.remember(this.request, response);
		assertThat(response.getHeader("Set-Cookie")).startsWith("__Host-device=")
			.contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax");
	}

}

package dev.actionlog.app;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * A cookie of the application, which scripts do not see and forms of other sites do not
 * send. Over HTTPS its name has the prefix {@code __Host-}, with which a browser takes it
 * from this host only.
 *
 * @param name the name, without the prefix
 */
public record HostCookie(String name) {

	/**
	 * Finds its value.
	 * @param request the request
	 * @return the value, of any length, or empty where the browser has none
	 */
	public Optional<String> find(HttpServletRequest request) {
		return Optional.ofNullable(WebUtils.getCookie(request, fullName(request))).map(Cookie::getValue);
	}

	/**
	 * Sends it to the browser.
	 * @param value the value, in characters that a cookie can have
	 * @param maxAge how long the browser keeps it; zero deletes it
	 * @param request the request
	 * @param response the response, which is not committed yet
	 */
	public void set(String value, Duration maxAge, HttpServletRequest request, HttpServletResponse response) {
		ResponseCookie cookie = ResponseCookie.from(fullName(request), value)
			// a condition of the prefix
			.path("/")
			.maxAge(maxAge)
			.httpOnly(true)
			.sameSite("Lax")
			.secure(request.isSecure())
			.build();
		response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
	}

	private String fullName(HttpServletRequest request) {
		return request.isSecure() ? "__Host-" + this.name : this.name;
	}

}

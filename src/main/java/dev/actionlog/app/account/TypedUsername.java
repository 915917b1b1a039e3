package dev.actionlog.app.account;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.WebUtils;

/**
 * Cookie with the user name of a failed sign-in, so that the form shows it again. It is
 * no session attribute, because a failed sign-in opens no session. Over HTTPS the name of
 * the cookie has the prefix {@code __Host-}, as that of the CSRF token.
 */
final class TypedUsername {

	private static final String COOKIE = "username";

	private TypedUsername() {
	}

	static void keep(String username, HttpServletRequest request, HttpServletResponse response) {
		String value = (username.length() <= AccountUserDetailsManager.MAX_TYPED_LENGTH)
				? UriUtils.encode(username, StandardCharsets.UTF_8) : "";
		ResponseCookie cookie = ResponseCookie.from(name(request), value)
			// a condition of the prefix
			.path("/")
			.maxAge(Duration.ofMinutes(1))
			.httpOnly(true)
			.sameSite("Lax")
			.secure(request.isSecure())
			.build();
		response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
	}

	static @Nullable String find(HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, name(request));
		try {
			return (cookie != null) ? UriUtils.decode(cookie.getValue(), StandardCharsets.UTF_8) : null;
		}
		// not a cookie of this application
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static String name(HttpServletRequest request) {
		return request.isSecure() ? "__Host-" + COOKIE : COOKIE;
	}

}

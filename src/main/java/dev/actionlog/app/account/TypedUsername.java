package dev.actionlog.app.account;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.actionlog.app.HostCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * Cookie with the user name of a failed sign-in, so that the form shows it again. It is
 * no session attribute, because a failed sign-in opens no session.
 */
final class TypedUsername {

	private static final HostCookie COOKIE = new HostCookie("username");

	private TypedUsername() {
	}

	static void keep(String username, HttpServletRequest request, HttpServletResponse response) {
		String value = (username.length() <= AccountUserDetailsManager.MAX_TYPED_LENGTH)
				? UriUtils.encode(username, StandardCharsets.UTF_8) : "";
		COOKIE.set(value, Duration.ofMinutes(1), request, response);
	}

	static @Nullable String find(HttpServletRequest request) {
		try {
			return COOKIE.find(request).map((value) -> UriUtils.decode(value, StandardCharsets.UTF_8)).orElse(null);
		}
		// not a cookie of this application
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}

package dev.actionlog.app.session;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.stereotype.Component;

/**
 * The cookie with the id of the session. Over HTTPS its name has the prefix
 * {@code __Host-}, with which a browser takes it from this host and over HTTPS only.
 */
@Component
class SessionCookie implements CookieSerializer {

	/**
	 * The request attribute in which Spring Session keeps the session that it has loaded.
	 */
	private static final String LOADED = SessionRepositoryFilter.SESSION_REPOSITORY_ATTR + ".CURRENT_SESSION";

	private final CookieSerializer plain = cookie("SESSION");

	private final CookieSerializer secure = cookie("__Host-SESSION");

	private static CookieSerializer cookie(String name) {
		DefaultCookieSerializer cookie = new DefaultCookieSerializer();
		cookie.setCookieName(name);
		cookie.setCookiePath("/");
		cookie.setSameSite("Lax");
		cookie.setUseBase64Encoding(false);
		return cookie;
	}

	@Override
	public void writeCookieValue(CookieValue value) {
		CookieSerializer cookie = cookie(value.getRequest());
		if (!cookie.readCookieValues(value.getRequest()).contains(value.getCookieValue())) {
			cookie.writeCookieValue(value);
		}
	}

	/**
	 * Finds the ids in a request, but none where the session is loaded. Spring Session
	 * asks again at the end of each response, whether the cookie is to be written, and
	 * would read the session once more from the database.
	 */
	@Override
	public List<String> readCookieValues(HttpServletRequest request) {
		return (request.getAttribute(LOADED) == null) ? cookie(request).readCookieValues(request) : List.of();
	}

	private CookieSerializer cookie(HttpServletRequest request) {
		return request.isSecure() ? this.secure : this.plain;
	}

}

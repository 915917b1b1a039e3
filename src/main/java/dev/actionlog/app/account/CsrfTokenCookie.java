package dev.actionlog.app.account;

import java.util.Base64;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;

/**
 * Repository of CSRF tokens in a cookie, so that a form without one creates no session,
 * and a form is still valid after the session in which it was shown. Over HTTPS the name
 * of the cookie has the prefix {@code __Host-}, with which a browser takes it from this
 * host and over HTTPS only.
 */
@Component
class CsrfTokenCookie implements CsrfTokenRepository {

	/** 256 random bits, where the default is a UUID. */
	private final StringKeyGenerator values = new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), 32);

	private final CookieCsrfTokenRepository plain = new CookieCsrfTokenRepository();

	private final CookieCsrfTokenRepository secure = new CookieCsrfTokenRepository();

	CsrfTokenCookie() {
		this.plain.setCookieCustomizer((cookie) -> cookie.sameSite("Lax"));
		this.secure.setCookieCustomizer((cookie) -> cookie.sameSite("Lax"));
		this.secure.setCookieName("__Host-XSRF-TOKEN");
		// a condition of the prefix
		this.secure.setCookiePath("/");
	}

	@Override
	public CsrfToken generateToken(HttpServletRequest request) {
		CsrfToken token = cookie(request).generateToken(request);
		return new DefaultCsrfToken(token.getHeaderName(), token.getParameterName(), this.values.generateKey());
	}

	@Override
	public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
		cookie(request).saveToken(token, request, response);
	}

	@Override
	public @Nullable CsrfToken loadToken(HttpServletRequest request) {
		return cookie(request).loadToken(request);
	}

	private CookieCsrfTokenRepository cookie(HttpServletRequest request) {
		return request.isSecure() ? this.secure : this.plain;
	}

}

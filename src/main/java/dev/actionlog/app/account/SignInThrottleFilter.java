package dev.actionlog.app.account;

import java.io.IOException;

import dev.actionlog.app.throttle.Throttle;
import dev.actionlog.app.throttle.TooManyAttemptsException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Filter that counts the attempts to sign in, and refuses those that come too early
 * before their password is looked at. Those with a passkey are counted when they ask for
 * a challenge, without which none is looked at.
 */
class SignInThrottleFilter extends OncePerRequestFilter {

	private final RequestMatcher password = PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/login");

	private final RequestMatcher challenge = PathPatternRequestMatcher.pathPattern(HttpMethod.POST,
			"/webauthn/authenticate/options");

	private final RequestMatcher passkey = PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/login/webauthn");

	private final Throttle throttle;

	private final HandlerExceptionResolver exceptions;

	SignInThrottleFilter(Throttle throttle, HandlerExceptionResolver exceptions) {
		this.throttle = throttle;
		this.exceptions = exceptions;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			count(request);
		}
		catch (TooManyAttemptsException ex) {
			this.exceptions.resolveException(request, response, null, ex);
			return;
		}
		chain.doFilter(request, response);
	}

	private void count(HttpServletRequest request) {
		if (this.password.matches(request)) {
			String typed = request.getParameter(UsernamePasswordAuthenticationFilter.SPRING_SECURITY_FORM_USERNAME_KEY);
			this.throttle.password(AccountUserDetailsManager.normalize((typed != null) ? typed : ""),
					request.getRemoteAddr());
		}
		// a script that got no challenge sends the form, for a page that says why
		else if (this.challenge.matches(request)
				|| (this.passkey.matches(request) && !StringUtils.hasLength(request.getParameter("challenge")))) {
			this.throttle.passkey(request.getRemoteAddr());
		}
	}

}

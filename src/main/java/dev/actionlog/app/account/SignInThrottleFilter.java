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
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Filter that counts the attempts to sign in, and refuses those that come too early
 * before their password is looked at.
 */
class SignInThrottleFilter extends OncePerRequestFilter {

	private final RequestMatcher signIn = PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/login");

	private final Throttle throttle;

	private final HandlerExceptionResolver exceptions;

	SignInThrottleFilter(Throttle throttle, HandlerExceptionResolver exceptions) {
		this.throttle = throttle;
		this.exceptions = exceptions;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.signIn.matches(request)) {
			String typed = request.getParameter(UsernamePasswordAuthenticationFilter.SPRING_SECURITY_FORM_USERNAME_KEY);
			try {
				this.throttle.password(AccountUserDetailsManager.normalize((typed != null) ? typed : ""),
						request.getRemoteAddr());
			}
			catch (TooManyAttemptsException ex) {
				this.exceptions.resolveException(request, response, null, ex);
				return;
			}
		}
		chain.doFilter(request, response);
	}

}

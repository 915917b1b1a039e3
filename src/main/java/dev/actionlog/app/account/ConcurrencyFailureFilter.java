package dev.actionlog.app.account;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Filter that answers a lock timeout while signing in with the same page as one in a
 * controller.
 */
class ConcurrencyFailureFilter extends OncePerRequestFilter {

	private final HandlerExceptionResolver exceptions;

	ConcurrencyFailureFilter(HandlerExceptionResolver exceptions) {
		this.exceptions = exceptions;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (ConcurrencyFailureException | QueryTimeoutException ex) {
			if (this.exceptions.resolveException(request, response, null, ex) == null) {
				throw ex;
			}
		}
	}

}

package dev.actionlog.app;

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that answers with the status 503 while the database cannot be reached. It stands
 * before the sessions, which are in the database, too, and lets the error page see a
 * request without cookies, and so without a session to read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnavailableDatabaseFilter extends OncePerRequestFilter {

	private static final String UNAVAILABLE = UnavailableDatabaseFilter.class.getName();

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getAttribute(UNAVAILABLE) != null) {
			chain.doFilter(new WithoutCookies(request), response);
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			if (!isUnavailable(ex) || response.isCommitted()) {
				throw ex;
			}
			this.logger
				.error("The database cannot be reached: " + NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
			request.setAttribute(UNAVAILABLE, true);
			if (request.getDispatcherType() == DispatcherType.ERROR) {
				response.resetBuffer();
				chain.doFilter(new WithoutCookies(request), response);
			}
			else {
				response.setHeader(HttpHeaders.RETRY_AFTER, "10");
				response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
			}
		}
	}

	private static boolean isUnavailable(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof DataAccessResourceFailureException
					|| cause instanceof CannotCreateTransactionException) {
				return true;
			}
		}
		return false;
	}

	private static final class WithoutCookies extends HttpServletRequestWrapper {

		WithoutCookies(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Cookie @Nullable [] getCookies() {
			return null;
		}

	}

}

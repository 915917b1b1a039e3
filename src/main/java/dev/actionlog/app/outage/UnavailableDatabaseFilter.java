package dev.actionlog.app.outage;

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that answers with the status 503 where a request fails because the database
 * cannot be reached, or takes no changes. It stands before the sessions, which are in the
 * database, too, and lets the error page see a request without cookies, and so without a
 * session to read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnavailableDatabaseFilter extends OncePerRequestFilter {

	private static final String UNAVAILABLE = UnavailableDatabaseFilter.class.getName();

	private static final String LOADED_SESSION = SessionRepositoryFilter.SESSION_REPOSITORY_ATTR + ".CURRENT_SESSION";

	private static final String SECONDS = "5";

	private final RepeatedRead reads;

	UnavailableDatabaseFilter(RepeatedRead reads) {
		this.reads = reads;
	}

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
			if (DatabaseFailure.isUnreachable(ex)) {
				this.reads.notice(ex);
			}
			else if (DatabaseFailure.isReadOnly(ex)) {
				this.logger.warn("The database takes no changes: " + DatabaseFailure.reason(ex));
				request.setAttribute("readOnly", true);
			}
			else {
				throw ex;
			}
			if (response.isCommitted()) {
				// so that nobody takes the half of a page for the whole
				throw new CloseNowException("The database cannot be reached", ex);
			}
			if (!SecondTry.isGranted(request)) {
				answer(request, response, chain);
			}
		}
	}

	private static void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		request.setAttribute(UNAVAILABLE, true);
		// nor with the one that was loaded before
		request.removeAttribute(LOADED_SESSION);
		if (request.getDispatcherType() == DispatcherType.ERROR) {
			response.resetBuffer();
			chain.doFilter(new WithoutCookies(request), response);
		}
		else {
			response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS);
			response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		}
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

package dev.actionlog.app.request;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.GenericFilterBean;

/**
 * Filter that answers a request whose parameters or files cannot be read with 400, with
 * 413 where they are too large, or with 408 where they take too long. Without it each
 * later reader would fail with an exception of its own, and so would the error page, to
 * which such a request looks like one without parameters.
 */
public class UnreadableRequestFilter extends GenericFilterBean {

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			request.getParameterMap();
			if (StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/")) {
				// the parameters do not have those of all types of several parts
				((HttpServletRequest) request).getParts();
			}
		}
		// the server's reader of several parts fails in more ways than it says
		catch (IOException | ServletException | RuntimeException ex) {
			if (request.getDispatcherType() == DispatcherType.ERROR) {
				chain.doFilter(new WithoutParameters((HttpServletRequest) request), response);
			}
			// Tomcat has closed the connection where the request was cut short
			else if (!response.isCommitted()) {
				((HttpServletResponse) response).sendError(status(ex));
			}
			return;
		}
		// also where reading has shown that the client is gone
		if (!response.isCommitted()) {
			chain.doFilter(request, response);
		}
	}

	private static int status(Exception ex) {
		if (NestedExceptionUtils.getMostSpecificCause(ex) instanceof SocketTimeoutException) {
			return HttpServletResponse.SC_REQUEST_TIMEOUT;
		}
		return (ex instanceof InvalidParameterException invalid) ? invalid.getErrorCode()
				: HttpServletResponse.SC_BAD_REQUEST;
	}

	private static final class WithoutParameters extends HttpServletRequestWrapper {

		WithoutParameters(HttpServletRequest request) {
			super(request);
		}

		/**
		 * Not that of a form with files, which would be read again.
		 */
		@Override
		public @Nullable String getContentType() {
			return null;
		}

		@Override
		public @Nullable String getParameter(String name) {
			return null;
		}

		@Override
		public Map<String, String[]> getParameterMap() {
			return Map.of();
		}

		@Override
		public Enumeration<String> getParameterNames() {
			return Collections.emptyEnumeration();
		}

		@Override
		public String @Nullable [] getParameterValues(String name) {
			return null;
		}

	}

}

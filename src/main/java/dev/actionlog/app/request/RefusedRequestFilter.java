package dev.actionlog.app.request;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that answers what {@link RequestLimitsValve} has refused, where the answer has
 * the security headers already.
 */
public class RefusedRequestFilter extends OncePerRequestFilter {

	/** The request attribute with the status of the answer. */
	static final String STATUS = RefusedRequestFilter.class.getName() + ".status";

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getAttribute(STATUS) instanceof Integer status) {
			response.sendError(status);
		}
		else {
			chain.doFilter(request, response);
		}
	}

}

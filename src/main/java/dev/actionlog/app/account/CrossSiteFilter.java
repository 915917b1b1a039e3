package dev.actionlog.app.account;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that refuses requests to change something which a page of another origin has
 * sent, by what the browser says of them. It is a second check beside the CSRF token, so
 * a request without these headers passes.
 */
class CrossSiteFilter extends OncePerRequestFilter {

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	/** The page itself, or the user without any page. */
	private static final Set<String> OWN = Set.of("same-origin", "none");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (SAFE_METHODS.contains(request.getMethod()) || isFromThisOrigin(request)) {
			chain.doFilter(request, response);
		}
		else {
			request.setAttribute("formExpired", true);
			response.sendError(HttpServletResponse.SC_FORBIDDEN);
		}
	}

	private static boolean isFromThisOrigin(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null) {
			return OWN.contains(site);
		}
		// browsers that do not send the other
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin == null || isOwn(origin, request.getHeader(HttpHeaders.HOST));
	}

	/**
	 * Without the scheme, which a proxy may not have told.
	 */
	private static boolean isOwn(String origin, @Nullable String host) {
		try {
			return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}

package dev.actionlog.app.account;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that gives the requests of administrators the attribute {@code admin}. For all
 * other users the admin area is hidden: there is no page at its addresses, whatever the
 * method. Who is not signed in is asked to sign in, as at any other address.
 */
public class AdminFilter extends OncePerRequestFilter {

	private static final String ATTRIBUTE = "admin";

	private static final RequestMatcher AREA = PathPatternRequestMatcher.pathPattern("/admin/**");

	private final Admins admins;

	AdminFilter(Admins admins) {
		this.admins = admins;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.admins.isAdmin(authentication())) {
			request.setAttribute(ATTRIBUTE, true);
		}
		chain.doFilter(request, response);
	}

	private static @Nullable Authentication authentication() {
		return SecurityContextHolder.getContext().getAuthentication();
	}

	private static boolean isAdmin(HttpServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

	/**
	 * Whether whoever sends a request may know that there is a page.
	 * @param request the request
	 * @param path the path of the page, below the context path
	 * @return {@code true} outside of the admin area, and for its administrators
	 */
	public static boolean mayKnow(HttpServletRequest request, String path) {
		return !path.startsWith("/admin/") || isAdmin(request);
	}

	/**
	 * Whether a request is for the admin area, and from a user who is no administrator.
	 */
	static boolean isHidden(HttpServletRequest request) {
		return AREA.matches(request) && !isAdmin(request) && authentication() != null;
	}

	/**
	 * Filter that answers hidden requests. It comes after that of the CSRF tokens, which
	 * lets these requests pass: the page that it leads to has forms, too.
	 */
	static class Hidden extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			if (isHidden(request)) {
				response.sendError(HttpServletResponse.SC_NOT_FOUND);
			}
			else {
				chain.doFilter(request, response);
			}
		}

	}

}

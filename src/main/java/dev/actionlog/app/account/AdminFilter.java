package dev.actionlog.app.account;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that hides the admin area: for all but administrators there is no page at its
 * addresses, whatever the method and whether or not they are signed in. Requests of
 * administrators have the attribute {@code admin}, for the link to it.
 */
class AdminFilter extends OncePerRequestFilter {

	private final RequestMatcher area = PathPatternRequestMatcher.pathPattern("/admin/**");

	private final Admins admins;

	AdminFilter(Admins admins) {
		this.admins = admins;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.admins.isAdmin(SecurityContextHolder.getContext().getAuthentication())) {
			request.setAttribute("admin", true);
		}
		else if (this.area.matches(request)) {
			response.sendError(HttpServletResponse.SC_NOT_FOUND);
			return;
		}
		chain.doFilter(request, response);
	}

}

package dev.actionlog.profile;

import java.security.Principal;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The principal of the servlet request that this thread serves.
 */
class ServletCurrentUser implements CurrentUser {

	@Override
	public Optional<String> username() {
		return Optional.ofNullable(RequestContextHolder.getRequestAttributes())
			.filter(ServletRequestAttributes.class::isInstance)
			.map(ServletRequestAttributes.class::cast)
			.map(ServletRequestAttributes::getRequest)
			.map(HttpServletRequest::getUserPrincipal)
			.map(Principal::getName);
	}

}

package dev.actionlog.profile;

import java.util.Optional;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Spring Security's authentication, anonymous ones excluded.
 */
class SecurityCurrentUser implements CurrentUser {

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	@Override
	public Optional<String> username() {
		return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
			.filter(this.trust::isAuthenticated)
			.map(Authentication::getName);
	}

}

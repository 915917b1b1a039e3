package dev.actionlog.app.account;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that reads the account of the signed-in user, once per request, into the request
 * attribute {@code account}. A session that was opened with an older key of the account,
 * or whose account is gone or disabled, ends here, and the request continues as an
 * anonymous one.
 */
class AccountFilter extends OncePerRequestFilter {

	static final String ATTRIBUTE = "account";

	private final AccountRepository accounts;

	private final SecurityContextLogoutHandler logout = new SecurityContextLogoutHandler();

	AccountFilter(AccountRepository accounts) {
		this.accounts = accounts;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication != null && authentication.getPrincipal() instanceof AccountPrincipal principal) {
			Optional<Account> account = this.accounts.findById(principal.getUsername())
				.filter((found) -> found.isOpenFor(principal.getSessionKey()));
			if (account.isPresent()) {
				request.setAttribute(ATTRIBUTE, account.get());
			}
			else {
				this.logout.logout(request, response, authentication);
			}
		}
		chain.doFilter(request, response);
	}

}

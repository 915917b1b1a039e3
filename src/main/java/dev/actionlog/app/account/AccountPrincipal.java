package dev.actionlog.app.account;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * A signed-in user, with the session key that the account had when signing in.
 */
class AccountPrincipal extends User {

	private static final long serialVersionUID = 1L;

	private final String sessionKey;

	AccountPrincipal(UserDetails user, String sessionKey) {
		super(user.getUsername(), String.valueOf(user.getPassword()), user.isEnabled(), user.isAccountNonExpired(),
				user.isCredentialsNonExpired(), user.isAccountNonLocked(), user.getAuthorities());
		this.sessionKey = sessionKey;
	}

	String getSessionKey() {
		return this.sessionKey;
	}

}

package dev.actionlog.app.account;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * The administrators, whom the setting {@code app.admins} names. One is an administrator
 * in the sessions that began while the name was there, and only as long as it is there.
 * Nobody can sign up with such a name: a stranger would be faster than the owner, or come
 * after the account was deleted.
 */
@Component
class Admins {

	static final GrantedAuthority AUTHORITY = new SimpleGrantedAuthority("ADMIN");

	private static final Log logger = LogFactory.getLog(Admins.class);

	private final Set<String> usernames;

	private final AccountRepository accounts;

	Admins(@Value("${app.admins}") List<String> typed, AccountRepository accounts) {
		this.usernames = typed.stream()
			.map(AccountUserDetailsManager::normalize)
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.toUnmodifiableSet());
		this.accounts = accounts;
	}

	boolean isNamed(String username) {
		return this.usernames.contains(username);
	}

	/**
	 * Whether somebody has signed in as an administrator and still is one.
	 */
	boolean isAdmin(@Nullable Authentication user) {
		return user != null && user.getAuthorities().contains(AUTHORITY) && isNamed(user.getName());
	}

	/**
	 * Warns of names that are of no use.
	 */
	@EventListener(ApplicationReadyEvent.class)
	void checkNames() {
		this.usernames.stream()
			.filter((name) -> this.accounts.findById(name).isEmpty())
			.sorted()
			.forEach((name) -> logger.warn("app.admins names " + name + ", which is no account, and nobody can sign up"
					+ " with the name of an administrator: sign up first, and set app.admins then"));
	}

}

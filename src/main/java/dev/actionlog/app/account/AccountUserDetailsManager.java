package dev.actionlog.app.account;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.provisioning.JdbcUserDetailsManager;
import org.springframework.stereotype.Component;

/**
 * Spring Security's users, whose names are found in any case.
 */
@Component
class AccountUserDetailsManager extends JdbcUserDetailsManager {

	static final String USERNAME = "[a-z0-9][a-z0-9._-]{2,31}";

	/** The longest text that is looked at as a name: one with spaces around it. */
	static final int MAX_TYPED_LENGTH = 100;

	private static final Pattern PATTERN = Pattern.compile(USERNAME);

	private final JdbcClient jdbc;

	private final AccountRepository accounts;

	private final Admins admins;

	AccountUserDetailsManager(DataSource dataSource, AccountRepository accounts, Admins admins) {
		super(dataSource);
		this.jdbc = JdbcClient.create(dataSource);
		this.accounts = accounts;
		this.admins = admins;
	}

	/**
	 * The stored form of a typed name, without the control characters around it that
	 * Spring Security's filter drops, too: an account has one name only.
	 */
	static String normalize(String typed) {
		String trimmed = typed.trim();
		return (trimmed.length() <= MAX_TYPED_LENGTH) ? trimmed.strip().toLowerCase(Locale.ROOT) : trimmed;
	}

	/**
	 * Whether an account can have a name, in its stored form.
	 */
	boolean canExist(String username) {
		return PATTERN.matcher(username).matches();
	}

	@Override
	public UserDetails loadUserByUsername(String typed) {
		String username = normalize(typed);
		if (!canExist(username)) {
			throw UsernameNotFoundException.fromUsername(username);
		}
		// before the password: one that is changed meanwhile does not get the new key
		Account account = this.accounts.findById(username)
			.orElseThrow(() -> UsernameNotFoundException.fromUsername(username));
		return new AccountPrincipal(super.loadUserByUsername(username), account.getSessionKey());
	}

	/**
	 * Makes an administrator of who is named as one. It is not stored.
	 */
	@Override
	protected void addCustomAuthorities(String username, List<GrantedAuthority> authorities) {
		if (this.admins.isNamed(username)) {
			authorities.add(Admins.AUTHORITY);
		}
	}

	/**
	 * Stores another password, and nothing else of the user.
	 */
	void replacePassword(String username, String encoded) {
		this.jdbc.sql("update users set password = ? where username = ?").params(encoded, username).update();
	}

	/**
	 * Stores the same password with the present encoding, unless it was changed since it
	 * was checked.
	 */
	@Override
	public UserDetails updatePassword(UserDetails user, @Nullable String encoded) {
		this.jdbc.sql("update users set password = ? where username = ? and password = ?")
			.param(encoded)
			.param(user.getUsername())
			.param(user.getPassword())
			.update();
		return user;
	}

}

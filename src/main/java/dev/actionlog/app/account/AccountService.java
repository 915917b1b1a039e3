package dev.actionlog.app.account;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

import dev.actionlog.action.ActionService;
import dev.actionlog.app.security.SecurityEventType;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.app.throttle.Throttle;
import dev.actionlog.app.throttle.TooManyAttemptsException;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.text.Text;
import jakarta.persistence.EntityManager;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Service that creates, changes and deletes accounts. Each operation and its recorded
 * action are one transaction, which locks the account before the library locks the
 * profile. Passwords are hashed outside of it, because that takes long and would hold a
 * connection.
 */
@Service
class AccountService {

	private final AccountUserDetailsManager users;

	private final AccountRepository accounts;

	private final EntityManager entityManager;

	private final PasswordEncoder encoder;

	private final ActionService actions;

	private final ProfileService profiles;

	private final FlashMessages flash;

	private final FlashSender sender;

	private final Admins admins;

	private final RecoveryCodes codes;

	private final Throttle throttle;

	private final SecurityEvents events;

	private final TransactionOperations transaction;

	AccountService(AccountUserDetailsManager users, AccountRepository accounts, EntityManager entityManager,
			PasswordEncoder encoder, ActionService actions, ProfileService profiles, FlashMessages flash,
			FlashSender sender, Admins admins, RecoveryCodes codes, Throttle throttle, SecurityEvents events,
			TransactionOperations transaction) {
		this.users = users;
		this.accounts = accounts;
		this.entityManager = entityManager;
		this.encoder = encoder;
		this.actions = actions;
		this.profiles = profiles;
		this.flash = flash;
		this.sender = sender;
		this.admins = admins;
		this.codes = codes;
		this.throttle = throttle;
		this.events = events;
		this.transaction = transaction;
	}

	/**
	 * Creates an account.
	 * @return the account, or empty if the name is taken, or an administrator's
	 */
	Optional<Opened> signUp(String username, String password, Locale language, ZoneId timeZone) {
		if (this.admins.isNamed(username) || this.users.userExists(username)) {
			return Optional.empty();
		}
		User user = (User) User.withUsername(username)
			.password(this.encoder.encode(password))
			.authorities("ROLE_USER")
			.build();
		try {
			return this.transaction.execute((status) -> {
				this.users.createUser(user);
				Account account = new Account(username, language, timeZone);
				this.entityManager.persist(account);
				// nothing of an earlier owner of the name, whatever left it there
				this.profiles.delete(username);
				this.actions.recordFor(username, "signed.up");
				this.entityManager.flush();
				return Optional
					.of(new Opened(new AccountPrincipal(user, account.getSessionKey()), this.codes.renew(username)));
			});
		}
		// somebody else took the name in the meantime
		catch (DataIntegrityViolationException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Welcomes a user who has signed up and is signed in.
	 */
	void signedUp(String username) {
		this.transaction.executeWithoutResult((status) -> {
			if (this.accounts.findForUpdate(username).isEmpty()) {
				throw new ConcurrencyFailureException("The account has been deleted");
			}
			this.flash.success("welcome", username);
		});
	}

	/**
	 * Records that a user has signed out. Like signing in it is a security event and no
	 * action: it happens so often that it would push out of the log what is rare.
	 */
	void signedOut(Account account) {
		this.transaction.executeWithoutResult((status) -> this.accounts.findForUpdate(account.getUsername())
			.filter((found) -> found.isOpenFor(account.getSessionKey()))
			.ifPresent((found) -> this.events.record(found.getUsername(), SecurityEventType.SIGNED_OUT)));
	}

	/**
	 * What is wrong with an entered password. None, and one that is too long to be the
	 * user's, is not counted as an attempt and not hashed.
	 * @return the message code of the error, or empty if it is the user's password
	 * @throws TooManyAttemptsException if it comes too early after wrong ones
	 */
	Optional<String> passwordError(Account account, String password, String address) {
		if (password.isEmpty()) {
			return Optional.of("password.missing");
		}
		if (!PasswordPolicy.isTooLong(password)) {
			String username = account.getUsername();
			this.throttle.password(username, address);
			if (this.encoder.matches(password, this.users.loadUserByUsername(username).getPassword())) {
				this.throttle.passwordWasRight(username, address);
				return Optional.empty();
			}
			this.events.wrongPassword(username);
		}
		return Optional.of("password.wrong");
	}

	/**
	 * Changes the password and ends all sessions that were opened with the old one.
	 * @return the user with the new one
	 */
	AccountPrincipal changePassword(Account account, String password) {
		String username = account.getUsername();
		String encoded = this.encoder.encode(password);
		return this.transaction.execute((status) -> {
			AccountPrincipal user = replacePassword(this.accounts.getForUpdate(account), encoded);
			this.actions.recordFor(username, "password.changed");
			this.events.record(username, SecurityEventType.PASSWORD_CHANGED);
			this.flash.success("password.changed");
			return user;
		});
	}

	/**
	 * Replaces the password. The user has the key that belongs to it, whatever follows: a
	 * session that is opened with it ends with the next change.
	 */
	private AccountPrincipal replacePassword(Account locked, String encoded) {
		UserDetails user = User.withUserDetails(this.users.loadUserByUsername(locked.getUsername()))
			.password(encoded)
			.build();
		this.users.replacePassword(user.getUsername(), encoded);
		locked.renewSessionKey();
		return new AccountPrincipal(user, locked.getSessionKey());
	}

	/**
	 * Replaces a forgotten password in exchange for the recovery code, and ends all
	 * sessions.
	 * @return the account with its next code, or empty if the name or the code is wrong
	 * @throws TooManyAttemptsException if it comes too early after wrong codes or
	 * passwords
	 */
	Optional<Opened> recover(String username, String code, String password, String address) {
		this.throttle.password(username, address);
		if (!this.users.canExist(username) || !this.codes.isCode(username, code)) {
			this.events.wrongPassword(username);
			return Optional.empty();
		}
		String encoded = this.encoder.encode(password);
		Optional<Opened> opened = this.transaction
			// under the lock the code is still the account's, or was used
			.execute((status) -> this.accounts.findForUpdate(username)
				.filter((locked) -> locked.isEnabled() && this.codes.isCode(username, code))
				.map((locked) -> {
					AccountPrincipal user = replacePassword(locked, encoded);
					this.actions.recordFor(username, "password.recovered");
					this.events.record(username, SecurityEventType.PASSWORD_RECOVERED);
					this.sender.send(username, FlashLevel.SUCCESS, Text.of("password.recovered"));
					return new Opened(user, this.codes.renew(username));
				}));
		opened.ifPresent((account) -> this.throttle.passwordWasRight(username, address));
		return opened;
	}

	/**
	 * Replaces the recovery code.
	 * @return the new one
	 */
	String renewRecoveryCode(Account account) {
		return this.transaction.execute((status) -> {
			String username = this.accounts.getForUpdate(account).getUsername();
			this.actions.recordFor(username, "recovery.renewed");
			this.events.record(username, SecurityEventType.RECOVERY_CODE_RENEWED);
			return this.codes.renew(username);
		});
	}

	/**
	 * Changes the language and the time zone. Where one is the same, nothing is recorded
	 * for it. Languages are recorded by their own names, which everybody understands who
	 * can choose between them.
	 */
	void changeSettings(Account account, Locale language, ZoneId timeZone) {
		this.transaction.executeWithoutResult((status) -> {
			Account locked = this.accounts.getForUpdate(account);
			Locale languageBefore = locked.getLanguage();
			ZoneId timeZoneBefore = locked.getTimeZone();
			locked.changeSettings(language, timeZone);
			if (!language.equals(languageBefore)) {
				changed(locked, "language.changed", AccountLocaleResolver.nameOf(languageBefore),
						AccountLocaleResolver.nameOf(language));
			}
			if (!timeZone.equals(timeZoneBefore)) {
				changed(locked, "time-zone.changed", timeZoneBefore.getId(), timeZone.getId());
			}
		});
	}

	private void changed(Account account, String code, String before, String after) {
		this.actions.recordFor(account.getUsername(), code, before, after);
		this.flash.success(code, before, after);
	}

	/**
	 * Deletes an account with all its data.
	 */
	void delete(Account account) {
		this.transaction.executeWithoutResult((status) -> {
			this.accounts.getForUpdate(account);
			this.users.deleteUser(account.getUsername());
			this.profiles.delete(account.getUsername());
		});
	}

	/**
	 * An account that was created or recovered.
	 *
	 * @param user the user, with a key that opens sessions
	 * @param recoveryCode the code that recovers it the next time
	 */
	record Opened(AccountPrincipal user, String recoveryCode) {

	}

}

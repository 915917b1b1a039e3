package dev.actionlog.app.account;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.actionlog.app.security.SecurityEventType;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashMessages;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Service that lists, adds, checks and removes the passkeys of a user. All but the list
 * lock the account, so that two changes at a time do not exceed the limit.
 */
@Service
class PasskeyService {

	static final int MAX_PASSKEYS = 10;

	static final int MAX_NAME_LENGTH = 64;

	private final PublicKeyCredentialUserEntityRepository owners;

	private final UserCredentialRepository passkeys;

	private final WebAuthnRelyingPartyOperations relyingParty;

	private final AccountRepository accounts;

	private final ActionService actions;

	private final FlashMessages flash;

	private final SecurityEvents events;

	private final TransactionOperations transaction;

	PasskeyService(PublicKeyCredentialUserEntityRepository owners, UserCredentialRepository passkeys,
			WebAuthnRelyingPartyOperations relyingParty, AccountRepository accounts, ActionService actions,
			FlashMessages flash, SecurityEvents events, TransactionOperations transaction) {
		this.owners = owners;
		this.passkeys = passkeys;
		this.relyingParty = relyingParty;
		this.accounts = accounts;
		this.actions = actions;
		this.flash = flash;
		this.events = events;
		this.transaction = transaction;
	}

	/**
	 * The passkeys of a user, the oldest first.
	 */
	List<CredentialRecord> find(String username) {
		PublicKeyCredentialUserEntity owner = this.owners.findByUsername(username);
		return (owner == null) ? List.of()
				: this.passkeys.findByUserId(owner.getId())
					.stream()
					.sorted(Comparator.comparing(CredentialRecord::getCreated))
					.toList();
	}

	/**
	 * What a device needs to make a passkey for the signed-in user.
	 */
	PublicKeyCredentialCreationOptions begin(Account account, Authentication user) {
		return this.transaction.execute((status) -> {
			this.accounts.getForUpdate(account);
			return this.relyingParty
				.createPublicKeyCredentialCreationOptions(new ImmutablePublicKeyCredentialCreationOptionsRequest(user));
		});
	}

	/**
	 * Adds the passkey that a device has made.
	 * @param options what the device was given
	 * @param credential what it has made, in JSON
	 * @return the message code of what is wrong, or empty where the passkey was added, or
	 * a message says why not
	 */
	Optional<String> add(Account account, @Nullable PublicKeyCredentialCreationOptions options,
			@Nullable String credential, String name) {
		String username = account.getUsername();
		// options of another user who was signed in in this session are not taken
		if (options == null || !username.equals(options.getUser().getName())) {
			return Optional.of("passkeys.unusable");
		}
		try {
			return this.transaction.execute((status) -> {
				this.accounts.getForUpdate(account);
				// the page says so, and has no form any more
				if (find(username).size() >= MAX_PASSKEYS) {
					this.flash.warning("passkeys.full");
					return Optional.empty();
				}
				register(options, credential, name);
				this.actions.recordFor(username, "passkey.added", name);
				this.events.record(username, SecurityEventType.PASSKEY_ADDED);
				this.flash.success("passkey.added", name);
				return Optional.empty();
			});
		}
		catch (UnusablePasskeyException | DataIntegrityViolationException ex) {
			return Optional.of("passkeys.unusable");
		}
	}

	private void register(PublicKeyCredentialCreationOptions options, @Nullable String credential, String name) {
		try {
			this.relyingParty.registerCredential(new ImmutableRelyingPartyRegistrationRequest(options,
					new RelyingPartyPublicKey(PasskeyJson.readNew(credential), name)));
		}
		catch (DataAccessException ex) {
			throw ex;
		}
		// what a browser sends fails in many ways, deep in the library that verifies it
		catch (RuntimeException ex) {
			throw new UnusablePasskeyException(ex);
		}
	}

	/**
	 * Finds who has signed a challenge. Spring Security's repository adds a passkey that
	 * it does not find, so none may be removed meanwhile.
	 * @throws AuthenticationException if nobody has, or the account is gone
	 */
	String authenticate(RelyingPartyAuthenticationRequest signed) {
		Bytes id = signed.getPublicKey().getRawId();
		return this.transaction.execute((status) -> {
			CredentialRecord passkey = this.passkeys.findByCredentialId(id);
			PublicKeyCredentialUserEntity owner = (passkey != null)
					? this.owners.findById(passkey.getUserEntityUserId()) : null;
			if (owner == null || this.accounts.findForUpdate(owner.getName()).isEmpty()) {
				throw new BadCredentialsException("There is no such passkey");
			}
			return this.relyingParty.authenticate(signed).getName();
		});
	}

	/**
	 * Removes a passkey of a user. There is nothing to do where it is gone already.
	 */
	void remove(Account account, String id) {
		String username = account.getUsername();
		this.transaction.executeWithoutResult((status) -> {
			this.accounts.getForUpdate(account);
			find(username).stream()
				.filter((passkey) -> passkey.getCredentialId().toBase64UrlString().equals(id))
				.forEach((passkey) -> {
					this.passkeys.delete(passkey.getCredentialId());
					this.actions.recordFor(username, "passkey.removed", passkey.getLabel());
					this.events.record(username, SecurityEventType.PASSKEY_REMOVED);
					this.flash.success("passkey.removed", passkey.getLabel());
				});
		});
	}

	private static final class UnusablePasskeyException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UnusablePasskeyException(Throwable cause) {
			super(cause);
		}

	}

}

package dev.actionlog.app.account;

import java.util.Set;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.management.JdbcPublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.JdbcUserCredentialRepository;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;

/**
 * Configuration of passkeys: where they are stored, and what is asked of them.
 */
@Configuration(proxyBeanMethods = false)
class PasskeyConfiguration {

	/**
	 * A passkey takes the place of the name and the password, so the device has to ask
	 * for a PIN or a fingerprint.
	 */
	static final UserVerificationRequirement VERIFICATION = UserVerificationRequirement.REQUIRED;

	@Bean
	PublicKeyCredentialUserEntityRepository passkeyOwners(JdbcOperations jdbc) {
		return new JdbcPublicKeyCredentialUserEntityRepository(jdbc);
	}

	@Bean
	UserCredentialRepository passkeys(JdbcOperations jdbc) {
		return new JdbcUserCredentialRepository(jdbc);
	}

	@Bean
	WebAuthnRelyingPartyOperations relyingParty(PublicKeyCredentialUserEntityRepository owners,
			UserCredentialRepository passkeys, @Value("${app.passkeys.relying-party-id}") String id,
			@Value("${app.passkeys.allowed-origins}") Set<String> origins) {
		Webauthn4JRelyingPartyOperations operations = new Webauthn4JRelyingPartyOperations(owners, passkeys,
				PublicKeyCredentialRpEntity.builder().id(id).name("actionlog").build(), origins);
		operations.setCustomizeCreationOptions(
				(options) -> options.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
					.residentKey(ResidentKeyRequirement.REQUIRED)
					.userVerification(VERIFICATION)
					.build()));
		operations.setCustomizeRequestOptions((options) -> options.userVerification(VERIFICATION));
		return operations;
	}

}

package dev.actionlog.app.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;

/**
 * JSON of passkeys, as the browser's own functions read and write it. A browser sends it
 * in a field of a form.
 */
final class PasskeyJson {

	private static final int MAX_LENGTH = 16 * 1024;

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.addModule(new WebauthnJacksonModule())
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private PasskeyJson() {
	}

	static String write(PublicKeyCredentialCreationOptions options) {
		return MAPPER.writeValueAsString(options);
	}

	/**
	 * What a device has made to add a passkey.
	 * @throws IllegalArgumentException if it is missing, too long or malformed
	 */
	static PublicKeyCredential<AuthenticatorAttestationResponse> readNew(@Nullable String json) {
		return read(json, new TypeReference<>() {
		});
	}

	/**
	 * What a device has made to sign in.
	 * @throws IllegalArgumentException if it is missing, too long or malformed
	 */
	static PublicKeyCredential<AuthenticatorAssertionResponse> readSignIn(@Nullable String json) {
		return read(json, new TypeReference<>() {
		});
	}

	private static <T> T read(@Nullable String json, TypeReference<T> type) {
		if (json == null || json.isEmpty() || json.length() > MAX_LENGTH) {
			throw new IllegalArgumentException("There is no passkey, or it is too long");
		}
		try {
			return MAPPER.readValue(json, type);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}

package dev.actionlog.app.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.authentication.PublicKeyCredentialRequestOptionsRepository;
import org.springframework.stereotype.Component;

/**
 * Repository of the challenges that are to be signed to sign in, each of which is valid
 * once and for five minutes. They are rows in the database and no session attributes,
 * because nobody who is not signed in has a session. The form says which one was signed.
 */
@Component
class PasskeyChallenges implements PublicKeyCredentialRequestOptionsRepository {

	private static final Duration VALIDITY = Duration.ofMinutes(5);

	private static final int LENGTH = 43;

	/** Base64 of 32 bytes. */
	private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");

	private final JdbcClient jdbc;

	private final String relyingPartyId;

	private final Clock clock;

	PasskeyChallenges(JdbcClient jdbc, @Value("${app.passkeys.relying-party-id}") String relyingPartyId,
			ObjectProvider<Clock> clock) {
		this.jdbc = jdbc;
		this.relyingPartyId = relyingPartyId;
		this.clock = clock.getIfUnique(Clock::systemUTC);
	}

	/**
	 * Stores a new challenge, and deletes those whose time is over. There is nothing to
	 * do for {@code null}, because {@link #load} has deleted the challenge.
	 */
	@Override
	public void save(HttpServletRequest request, HttpServletResponse response,
			@Nullable PublicKeyCredentialRequestOptions options) {
		if (options != null) {
			Instant now = this.clock.instant();
			this.jdbc.sql("delete from passkey_challenge where expires_at <= ?").param(utc(now)).update();
			this.jdbc.sql("insert into passkey_challenge (challenge, expires_at) values (?, ?)")
				.param(options.getChallenge().toBase64UrlString())
				.param(utc(now.plus(VALIDITY)))
				.update();
		}
	}

	@Override
	public @Nullable PublicKeyCredentialRequestOptions load(HttpServletRequest request) {
		String challenge = request.getParameter("challenge");
		if (challenge == null || challenge.length() != LENGTH || !CHALLENGE.matcher(challenge).matches()) {
			return null;
		}
		int valid = this.jdbc.sql("delete from passkey_challenge where challenge = ? and expires_at > ?")
			.param(challenge)
			.param(utc(this.clock.instant()))
			.update();
		return (valid == 1) ? PublicKeyCredentialRequestOptions.builder()
			.challenge(Bytes.fromBase64(challenge))
			.rpId(this.relyingPartyId)
			.allowCredentials(List.of())
			.userVerification(PasskeyConfiguration.VERIFICATION)
			.build() : null;
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}

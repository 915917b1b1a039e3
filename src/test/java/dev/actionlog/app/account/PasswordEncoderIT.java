package dev.actionlog.app.account;

import org.junit.jupiter.api.Test;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how passwords are stored.
 */
class PasswordEncoderIT {

	private final PasswordEncoder encoder = new SecurityConfiguration().passwordEncoder();

	@Test
	void hashes600000Times() {
		String encoded = this.encoder.encode("correct horse");
		assertThat(encoded).startsWith("{pbkdf2-600k}");
		assertThat(new Pbkdf2PasswordEncoder("", 16, 600_000, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256)
			.matches("correct horse", encoded.substring("{pbkdf2-600k}".length()))).isTrue();
		assertThat(this.encoder.upgradeEncoding(encoded)).isFalse();
	}

	@Test
	void readsTheEarlierEncodingAndAsksForAnUpgrade() {
		// made by Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()
		String old = "{pbkdf2}668439a7d32c8065653c45bd0df091ec61ac18408e60bbd4a7467763428fcfc690f122ea09dfffea9bc58b244472cb03";
		assertThat(this.encoder.matches("correct horse", old)).isTrue();
		assertThat(this.encoder.matches("wrong horse", old)).isFalse();
		assertThat(this.encoder.upgradeEncoding(old)).isTrue();
	}

}

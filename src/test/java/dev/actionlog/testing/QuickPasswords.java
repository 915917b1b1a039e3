package dev.actionlog.testing;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

/**
 * Configuration that hashes passwords once instead of 600,000 times, because hundreds of
 * users sign up in the tests. It needs
 * {@code spring.main.allow-bean-definition-overriding}.
 */
@Configuration(proxyBeanMethods = false)
public class QuickPasswords {

	/** The setting that this configuration needs. */
	public static final String SETTING = "--spring.main.allow-bean-definition-overriding=true";

	@Bean
	PasswordEncoder passwordEncoder() {
		Pbkdf2PasswordEncoder quick = new Pbkdf2PasswordEncoder("", 16, 1,
				SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
		return new DelegatingPasswordEncoder("pbkdf2-600k", Map.of("pbkdf2-600k", quick, "pbkdf2", quick));
	}

}

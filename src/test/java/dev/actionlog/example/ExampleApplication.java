package dev.actionlog.example;

import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application's own configuration, with an {@link EntityScan} of its own.
 */
@Configuration(proxyBeanMethods = false)
@EntityScan
public class ExampleApplication {

	@Bean
	ProfileService profileService() {
		return new ProfileService();
	}

	@Bean
	String actionService() {
		return "a bean of the same plain name";
	}

	@Bean
	String currentUser() {
		return "a bean of the same plain name";
	}

}

package com.example.nosecurity;

import java.util.Optional;

import dev.actionlog.action.ActionService;
import dev.actionlog.profile.CurrentUser;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static dev.actionlog.test.ActionLogAssertions.assertThat;

/**
 * A bean of the application names the current user, with or without a request.
 */
@SpringBootTest
class OwnCurrentUserTests {

	@Autowired
	private ActionService actions;

	@Test
	void recordsForTheUserOfTheBean() {
		this.actions.record("Opened");
		assertThat(this.actions).ofUser("kiosk").containsExactly("Opened");
	}

	@TestConfiguration
	static class Kiosk {

		@Bean
		CurrentUser currentUser() {
			return () -> Optional.of("kiosk");
		}

	}

}

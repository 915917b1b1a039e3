package com.example.plain;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.profile.CurrentUser;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.text.TextResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * A bean of the application's own takes the place of the library's.
 */
@SpringBootTest
class OwnBeansTests {

	@ParameterizedTest
	@ValueSource(classes = { ActionService.class, FlashMessages.class, FlashSender.class, CurrentUser.class,
			ProfileService.class, TextResolver.class })
	void wins(Class<?> type, @Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(type)).containsExactly("my" + type.getSimpleName());
	}

	@TestConfiguration
	static class OwnBeans {

		@Bean
		ActionService myActionService() {
			return mock();
		}

		@Bean
		FlashMessages myFlashMessages() {
			return mock();
		}

		@Bean
		FlashSender myFlashSender() {
			return mock();
		}

		@Bean
		CurrentUser myCurrentUser() {
			return mock();
		}

		@Bean
		ProfileService myProfileService() {
			return mock();
		}

		@Bean
		TextResolver myTextResolver() {
			return mock();
		}

	}

}

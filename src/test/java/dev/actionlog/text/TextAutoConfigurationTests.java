package dev.actionlog.text;

import java.util.Locale;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.MessageSource;
import org.springframework.context.support.StaticMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextAutoConfiguration}.
 */
class TextAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TextAutoConfiguration.class));

	@Test
	void resolverAsksTheMessagesOfTheApplication() {
		this.runner.withBean("messageSource", MessageSource.class, TextAutoConfigurationTests::messages)
			.run((context) -> assertThat(
					context.getBean(TextResolver.class).resolve("actionlog.history.title", Locale.ENGLISH))
				.isEqualTo("Journal"));
	}

	@Test
	void resolverHasItsOwnWordsWhereTheApplicationHasNoMessages() {
		this.runner.run((context) -> assertThat(
				context.getBean(TextResolver.class).resolve("actionlog.history.title", Locale.ENGLISH))
			.isEqualTo("Recent actions"));
	}

	@Test
	void resolverOfTheApplicationWins() {
		TextResolver own = new TextResolver(messages());
		this.runner.withBean("resolver", TextResolver.class, () -> own)
			.run((context) -> assertThat(context).getBean(TextResolver.class).isSameAs(own));
	}

	@Test
	void addsNoMessageSource() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanNamesForType(TextResolver.class)).containsExactly("actionlogTextResolver");
			assertThat(context.getBeanFactory().getBeanNamesForType(MessageSource.class)).isSubsetOf("messageSource");
		});
	}

	private static MessageSource messages() {
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessage("actionlog.history.title", Locale.ENGLISH, "Journal");
		return messages;
	}

}

package dev.actionlog.text;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the words of texts.
 */
@AutoConfiguration
public final class TextAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TextResolver actionlogTextResolver(ApplicationContext messages) {
		return new TextResolver(messages);
	}

}

package dev.actionlog.text;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link AutoConfiguration Auto-configuration} for the words of texts.
 */
@AutoConfiguration
@ImportRuntimeHints(TextAutoConfiguration.Hints.class)
public final class TextAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TextResolver actionlogTextResolver(ApplicationContext messages) {
		return new TextResolver(messages);
	}

	static class Hints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources()
				.registerResourceBundle(TextResolver.BUNDLE)
				.registerPattern(TextResolver.BUNDLE.replace('.', '/') + "*.properties");
		}

	}

}

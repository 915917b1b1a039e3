package dev.actionlog.action;

import java.time.Clock;

import dev.actionlog.profile.CurrentUser;
import dev.actionlog.profile.LibraryEntity;
import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.text.ExpressionObject;
import dev.actionlog.text.TextAutoConfiguration;
import dev.actionlog.text.TextResolver;
import jakarta.persistence.EntityManagerFactory;
import org.thymeleaf.dialect.IDialect;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.orm.jpa.SharedEntityManagerCreator;

/**
 * {@link AutoConfiguration Auto-configuration} for recent actions.
 */
@AutoConfiguration(after = { ProfileAutoConfiguration.class, TextAutoConfiguration.class })
@ConditionalOnClass(EntityManagerFactory.class)
@EnableConfigurationProperties(ActionProperties.class)
public final class ActionAutoConfiguration {

	@Bean
	static LibraryEntity actionlogActionEntity() {
		return new LibraryEntity(Action.class);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(ProfileService.class)
	@ConditionalOnSingleCandidate(EntityManagerFactory.class)
	ActionService actionlogActionService(EntityManagerFactory factory, ProfileService profiles, CurrentUser currentUser,
			ObjectProvider<Clock> clock, ActionProperties properties) {
		return new ActionService(SharedEntityManagerCreator.createSharedEntityManager(factory), profiles, currentUser,
				clock.getIfUnique(Clock::systemUTC), properties.keep());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(IDialect.class)
	static class ThymeleafConfiguration {

		/**
		 * {@code #actionHistory} is {@code null} where nobody is signed in or a bean is
		 * missing, as in an application's slice tests.
		 */
		@Bean
		IDialect actionlogHistoryDialect(ObjectProvider<ActionService> actions, ObjectProvider<CurrentUser> currentUser,
				ObjectProvider<TextResolver> texts, ObjectProvider<Clock> clock) {
			return new ExpressionObject("actionHistory", (locale) -> {
				ActionService service = actions.getIfAvailable();
				CurrentUser user = currentUser.getIfAvailable();
				TextResolver resolver = texts.getIfAvailable();
				if (service == null || user == null || resolver == null) {
					return null;
				}
				return user.username()
					.map((username) -> new ActionHistory(service, username, resolver, locale,
							LocaleContextHolder.getTimeZone().toZoneId(), clock.getIfUnique(Clock::systemUTC)))
					.orElse(null);
			});
		}

	}

}

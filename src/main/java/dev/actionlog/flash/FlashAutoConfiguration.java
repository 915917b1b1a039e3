package dev.actionlog.flash;

import java.time.Clock;

import dev.actionlog.profile.CurrentUser;
import dev.actionlog.profile.LibraryEntity;
import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.text.ExpressionObject;
import dev.actionlog.text.TextAutoConfiguration;
import dev.actionlog.text.TextResolver;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.thymeleaf.dialect.IDialect;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * {@link AutoConfiguration Auto-configuration} for flash messages.
 */
@AutoConfiguration(after = { ProfileAutoConfiguration.class, TextAutoConfiguration.class })
@ConditionalOnClass(EntityManagerFactory.class)
@EnableConfigurationProperties(FlashProperties.class)
public final class FlashAutoConfiguration {

	@Bean
	static LibraryEntity actionlogFlashEntity() {
		return new LibraryEntity(FlashRow.class);
	}

	@Bean
	@ConditionalOnSingleCandidate(EntityManagerFactory.class)
	@ConditionalOnBean(ProfileService.class)
	FlashStore actionlogFlashStore(EntityManagerFactory factory, PlatformTransactionManager transactions,
			ProfileService profiles, FlashProperties properties, ObjectProvider<FlashMetrics> metrics,
			ObjectProvider<Clock> clock) {
		return new FlashStore(SharedEntityManagerCreator.createSharedEntityManager(factory), transactions, profiles,
				properties, metrics.getIfAvailable(FlashAutoConfiguration::noMetrics), clock(clock));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(FlashStore.class)
	FlashSender actionlogFlashSender(FlashStore store, FlashProperties properties, ObjectProvider<FlashMetrics> metrics,
			ObjectProvider<Clock> clock) {
		return new FlashSender(store, properties, metrics.getIfAvailable(FlashAutoConfiguration::noMetrics),
				clock(clock));
	}

	@Bean
	@ConfigurationPropertiesBinding
	static NumberToFlashLevelConverter actionlogFlashLevelConverter() {
		return new NumberToFlashLevelConverter();
	}

	private static FlashMetrics noMetrics() {
		return (what, messages) -> {
		};
	}

	private static Clock clock(ObjectProvider<Clock> clock) {
		return clock.getIfUnique(Clock::systemUTC);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HttpServletRequest.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnSingleCandidate(EntityManagerFactory.class)
	@ConditionalOnBean(ProfileService.class)
	static class WebConfiguration {

		/**
		 * Outside of Spring Security's filters (-100), inside of the request context's
		 * (-105).
		 */
		private static final int ORDER = -101;

		@Bean
		@ConditionalOnMissingBean
		FlashMessages actionlogFlashMessages(FlashStore store, CurrentUser currentUser, FlashProperties properties,
				ObjectProvider<FlashMetrics> metrics, ObjectProvider<Clock> clock) {
			return new FlashMessages(store, currentUser, properties,
					metrics.getIfAvailable(FlashAutoConfiguration::noMetrics), clock(clock));
		}

		@Bean
		FilterRegistrationBean<FlashFilter> actionlogFlashFilter() {
			FilterRegistrationBean<FlashFilter> registration = new FilterRegistrationBean<>(new FlashFilter());
			registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC);
			registration.setOrder(ORDER);
			return registration;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(IDialect.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ThymeleafConfiguration {

		/**
		 * {@code #flashMessages} is {@code null} where there is no request or a bean is
		 * missing, as in an application's slice tests.
		 */
		@Bean
		IDialect actionlogFlashDialect(ObjectProvider<FlashMessages> messages, ObjectProvider<TextResolver> texts) {
			return new ExpressionObject("flashMessages", (locale) -> {
				FlashMessages current = messages.getIfAvailable();
				TextResolver resolver = texts.getIfAvailable();
				return (current != null && resolver != null && RequestContextHolder.getRequestAttributes() != null)
						? new FlashView(current, resolver, locale) : null;
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		FlashMetrics actionlogFlashMetrics(ObjectProvider<MeterRegistry> registries) {
			return (what, messages) -> registries
				.ifUnique((registry) -> registry.counter("actionlog.flash." + what).increment((double) messages));
		}

	}

	/**
	 * For numbers in YAML, which are no text.
	 */
	static class NumberToFlashLevelConverter implements Converter<Number, FlashLevel> {

		@Override
		public FlashLevel convert(Number number) {
			return FlashLevel.valueOf(number.toString());
		}

	}

}

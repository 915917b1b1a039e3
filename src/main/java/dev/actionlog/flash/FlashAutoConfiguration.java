package dev.actionlog.flash;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.actionlog.database.Database;
import dev.actionlog.database.LibraryEntities;
import dev.actionlog.profile.CurrentUser;
import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.text.ExpressionObject;
import dev.actionlog.text.Text;
import dev.actionlog.text.TextAutoConfiguration;
import dev.actionlog.text.TextResolver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.persistence.EntityManagerFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.dialect.IDialect;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.convert.converter.Converter;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * {@link AutoConfiguration Auto-configuration} for flash messages.
 */
@AutoConfiguration(after = { ProfileAutoConfiguration.class, TextAutoConfiguration.class })
@ConditionalOnClass(EntityManagerFactory.class)
@EnableConfigurationProperties(FlashProperties.class)
@ImportRuntimeHints(FlashAutoConfiguration.Hints.class)
public final class FlashAutoConfiguration {

	@Bean
	static LibraryEntities actionlogFlashEntity(ObjectProvider<DataSource> dataSources) {
		return new LibraryEntities(dataSources, FlashRow.class, ShownRow.class, AnnouncementRow.class,
				RecipientRow.class);
	}

	@Bean
	FlashPolicy actionlogFlashPolicy(FlashProperties properties, ObjectProvider<FlashMetrics> metrics,
			ObjectProvider<ObservationRegistry> observations, ObjectProvider<Clock> clock,
			ApplicationEventPublisher events) {
		return new FlashPolicy(properties, metrics.getIfAvailable(FlashAutoConfiguration::noMetrics),
				observations.getIfUnique(() -> ObservationRegistry.NOOP), clock.getIfUnique(Clock::systemUTC), events);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(Database.class)
	FlashSender actionlogFlashSender(Database database, ProfileRows profiles, FlashPolicy policy) {
		return new FlashSender(users(database, profiles, policy), database, policy);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(Database.class)
	Announcements actionlogAnnouncements(Database database, ProfileRows profiles, FlashPolicy policy,
			CurrentUser currentUser, ApplicationEventPublisher events) {
		return new Announcements(database, profiles, policy, currentUser, events);
	}

	/**
	 * Where the messages of a user wait, by the name of the user.
	 */
	static Function<String, UserFlashStorage> users(Database database, ProfileRows profiles, FlashPolicy policy) {
		return (username) -> switch (database.dialect()) {
			case H2, MARIADB -> new UserFlashStorage(username, database, profiles, policy);
			case POSTGRESQL -> new PostgresqlFlashStorage(username, database, profiles, policy);
		};
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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HttpServletRequest.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnBean(Database.class)
	static class WebConfiguration {

		/**
		 * Outside of Spring Security's filters (-100), inside of the request context's
		 * (-105).
		 */
		private static final int ORDER = -101;

		@Bean
		@ConditionalOnMissingBean
		FlashMessages actionlogFlashMessages(Database database, ProfileRows profiles, CurrentUser currentUser,
				FlashPolicy policy, ObjectProvider<TextResolver> texts) {
			return new FlashMessages(users(database, profiles, policy), currentUser, policy,
					SingletonSupplier.of(texts::getObject));
		}

		@Bean
		FilterRegistrationBean<FlashFilter> actionlogFlashFilter() {
			FilterRegistrationBean<FlashFilter> registration = new FilterRegistrationBean<>(new FlashFilter());
			// the error pages of a WAR file are forwarded to, when all filters are done
			registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC,
					DispatcherType.FORWARD);
			registration.setOrder(ORDER);
			return registration;
		}

	}

	static class Hints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			LibraryEntities.registerHints(hints, MessageRow.class, FlashRow.class, FlashRow.Key.class, ShownRow.class,
					AnnouncementRow.class, RecipientRow.class, RecipientRow.Key.class, Text.class);
			// settings are converted with valueOf
			hints.reflection().registerType(FlashLevel.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(IDialect.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ImportRuntimeHints(ThymeleafConfiguration.Hints.class)
	static class ThymeleafConfiguration {

		/**
		 * {@code #flashMessages} is {@code null} where there is no request or a bean is
		 * missing, as in an application's slice tests.
		 */
		@Bean
		IDialect actionlogFlashDialect(ObjectProvider<FlashMessages> messages, ObjectProvider<TextResolver> texts,
				ObjectProvider<FlashConfirmation> confirmations, ObjectProvider<Clock> clock) {
			// once, because a provider asks the bean factory each time
			Supplier<@Nullable FlashMessages> singleMessages = SingletonSupplier.of(messages::getIfAvailable);
			Supplier<@Nullable TextResolver> singleTexts = SingletonSupplier.of(texts::getIfAvailable);
			Clock singleClock = clock.getIfUnique(Clock::systemUTC);
			Supplier<FlashConfirmation> confirmation = SingletonSupplier
				.of(() -> confirmations.getIfAvailable(() -> (request) -> null));
			return new ExpressionObject("flashMessages", (context) -> {
				FlashMessages current = singleMessages.get();
				TextResolver resolver = singleTexts.get();
				return (current != null && resolver != null
						&& RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
								? new FlashView(current, FlashExchange.of(attributes.getRequest()), resolver,
										context.getLocale(), (path) -> ExpressionObject.address(path, context),
										confirmation.get().path(attributes.getRequest()), singleClock)
								: null;
			});
		}

		static class Hints implements RuntimeHintsRegistrar {

			@Override
			public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
				hints.resources().registerPattern("templates/actionlog/flash.html");
				for (Class<?> type : List.of(FlashView.class, FlashView.Parts.class, FlashView.Confirmation.class,
						ShownMessage.class, ShownMessage.Action.class)) {
					hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
				}
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(IDialect.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveThymeleafConfiguration {

		@Bean
		IDialect actionlogFlashDialect() {
			return ExpressionObject.nothing("flashMessages",
					"messages are shown once only by servlet applications, which learn how each response ends. In a"
							+ " reactive application use FlashSender: it leaves messages, and peek reads them.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		FlashMetrics actionlogFlashMetrics(ObjectProvider<MeterRegistry> registries) {
			Supplier<@Nullable MeterRegistry> unique = SingletonSupplier.of(registries::getIfUnique);
			return (what, messages) -> {
				MeterRegistry registry = unique.get();
				if (registry != null) {
					registry.counter("actionlog.flash." + what).increment((double) messages);
				}
			};
		}

	}

	/**
	 * For numbers in YAML, which are not strings.
	 */
	static class NumberToFlashLevelConverter implements Converter<Number, FlashLevel> {

		@Override
		public FlashLevel convert(Number number) {
			return FlashLevel.valueOf(number.toString());
		}

	}

}

package dev.actionlog.action;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.actionlog.database.Database;
import dev.actionlog.profile.CurrentUser;
import dev.actionlog.database.LibraryEntity;
import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.text.ExpressionObject;
import dev.actionlog.text.Text;
import dev.actionlog.text.TextAutoConfiguration;
import dev.actionlog.text.TextResolver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.IDialect;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link AutoConfiguration Auto-configuration} for recent actions.
 */
@AutoConfiguration(after = { ProfileAutoConfiguration.class, TextAutoConfiguration.class })
@ConditionalOnClass(EntityManagerFactory.class)
@EnableConfigurationProperties(ActionProperties.class)
@ImportRuntimeHints(ActionAutoConfiguration.Hints.class)
public final class ActionAutoConfiguration {

	@Bean
	static LibraryEntity actionlogActionEntity(ObjectProvider<DataSource> dataSources) {
		return new LibraryEntity(Action.class, dataSources);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(Database.class)
	ActionService actionlogActionService(Database database, ProfileRows profiles, CurrentUser currentUser,
			ObjectProvider<Clock> clock, ActionProperties properties, ApplicationEventPublisher events,
			ObjectProvider<RecordObservation> observation) {
		return new ActionService(() -> store(database, profiles, properties.keep()), currentUser,
				clock.getIfUnique(Clock::systemUTC), events,
				observation.getIfAvailable(() -> BooleanSupplier::getAsBoolean));
	}

	private static ActionStore store(Database database, ProfileRows profiles, int keep) {
		return switch (database.dialect()) {
			case H2 -> new H2ActionStore(database, profiles, keep);
			case POSTGRESQL -> new PostgresqlActionStore(database, profiles, keep);
			case MARIADB -> new MariadbActionStore(database, profiles, keep);
		};
	}

	static class Hints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			LibraryEntity.registerHints(hints, Action.class, Action.Key.class, Text.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	static class ObservationConfiguration {

		@Bean
		RecordObservation actionlogRecordObservation(ObjectProvider<ObservationRegistry> registries) {
			ObservationRegistry registry = registries.getIfUnique(() -> ObservationRegistry.NOOP);
			return (record) -> Boolean.TRUE.equals(
					Observation.createNotStarted("actionlog.actions.record", registry).observe(record::getAsBoolean));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(IDialect.class)
	@ImportRuntimeHints(ThymeleafConfiguration.Hints.class)
	static class ThymeleafConfiguration {

		/**
		 * {@code #actionHistory} is {@code null} where nobody is signed in or a bean is
		 * missing, as in an application's slice tests, and in a reactive application.
		 */
		@Bean
		IDialect actionlogHistoryDialect(ApplicationContext application, ObjectProvider<ActionService> actions,
				ObjectProvider<CurrentUser> currentUser, ObjectProvider<TextResolver> texts,
				ObjectProvider<Clock> clock) {
			if (application instanceof ReactiveWebApplicationContext) {
				return ExpressionObject.nothing("actionHistory",
						"a reactive application renders on threads that must not wait for a database. Read the actions"
								+ " with ActionService.recentFor on Schedulers.boundedElastic() and put them into the model.");
			}
			// once, because a provider asks the bean factory each time
			Supplier<@Nullable ActionService> singleActions = SingletonSupplier.of(actions::getIfAvailable);
			Supplier<@Nullable CurrentUser> singleUser = SingletonSupplier.of(currentUser::getIfAvailable);
			Supplier<@Nullable TextResolver> singleTexts = SingletonSupplier.of(texts::getIfAvailable);
			Clock theClock = clock.getIfUnique(Clock::systemUTC);
			return new ExpressionObject("actionHistory", (context) -> {
				ActionService service = singleActions.get();
				CurrentUser user = singleUser.get();
				TextResolver resolver = singleTexts.get();
				if (service == null || user == null || resolver == null) {
					return null;
				}
				return user.username()
					.map((username) -> history(service, username, resolver, theClock, context))
					.orElse(null);
			});
		}

		private static ActionHistory history(ActionService service, String username, TextResolver texts, Clock clock,
				IExpressionContext context) {
			List<Action> actions = service.recentFor(username);
			// an application's own service gives other lists
			int limit = (actions instanceof RecentActions recent) ? recent.keep() : service.limitFor(username);
			return new ActionHistory(actions, limit, texts, context.getLocale(),
					LocaleContextHolder.getTimeZone().toZoneId(), clock, (path) -> address(path, context));
		}

		/**
		 * The address that {@code @{...}} makes of a path in a template.
		 */
		private static String address(String path, IExpressionContext context) {
			return context.getConfiguration()
				.getLinkBuilders()
				.stream()
				.map((builder) -> builder.buildLink(context, path, Map.of()))
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(path);
		}

		static class Hints implements RuntimeHintsRegistrar {

			@Override
			public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
				hints.resources().registerPattern("templates/actionlog/history.html");
				for (Class<?> type : List.of(ActionHistory.class, ActionHistory.Day.class, ActionHistory.Entry.class)) {
					hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
				}
			}

		}

	}

}

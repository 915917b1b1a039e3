package dev.actionlog.action;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.actionlog.database.Database;
import dev.actionlog.profile.CurrentUser;
import dev.actionlog.database.LibraryEntities;
import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.text.ExpressionObject;
import dev.actionlog.text.Text;
import dev.actionlog.text.TextAutoConfiguration;
import dev.actionlog.text.TextResolver;
import io.micrometer.observation.ObservationRegistry;
import jakarta.persistence.EntityManagerFactory;
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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link AutoConfiguration Auto-configuration} for recent actions.
 */
@AutoConfiguration(after = { ProfileAutoConfiguration.class, TextAutoConfiguration.class })
@ConditionalOnClass(EntityManagerFactory.class)
@EnableConfigurationProperties(ActionProperties.class)
@ImportRuntimeHints(ActionAutoConfiguration.Hints.class)
public final class ActionAutoConfiguration {

	private static final String SERVLET = "jakarta.servlet.http.HttpServletRequest";

	private static final String WEB = "org.springframework.web.context.request.RequestContextHolder";

	@Bean
	static LibraryEntities actionlogActionEntity(ObjectProvider<DataSource> dataSources) {
		return new LibraryEntities(dataSources, Action.class);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(Database.class)
	ActionService actionlogActionService(Database database, ProfileRows profiles, CurrentUser currentUser,
			ObjectProvider<Clock> clock, ActionProperties properties, ApplicationEventPublisher events,
			ObjectProvider<ObservationRegistry> observations) {
		return new ActionService(() -> store(database, profiles, properties.keep()), currentUser,
				clock.getIfUnique(Clock::systemUTC), events, observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	/**
	 * Also where a bean is missing that it needs, as in an application's slice tests.
	 */
	@Bean
	@ConditionalOnMissingBean
	ActionHistories actionlogActionHistories(ObjectProvider<ActionService> actions, ObjectProvider<TextResolver> texts,
			ObjectProvider<Clock> clock, ResourceLoader resources) {
		boolean servlets = Stream.of(SERVLET, WEB)
			.allMatch((name) -> ClassUtils.isPresent(name, resources.getClassLoader()));
		return new ActionHistories(SingletonSupplier.of(actions::getIfAvailable),
				SingletonSupplier.of(texts::getIfAvailable), clock.getIfUnique(Clock::systemUTC),
				servlets ? RequestLinks::href : UnaryOperator.identity());
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
			LibraryEntities.registerHints(hints, Action.class, Action.Key.class, Text.class);
			for (String name : List.of(SERVLET, WEB)) {
				hints.reflection().registerTypeIfPresent(classLoader, name);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(IDialect.class)
	@ImportRuntimeHints(ThymeleafConfiguration.Hints.class)
	static class ThymeleafConfiguration {

		private static final String REACTIVE = "a reactive application renders on threads that must not wait for a"
				+ " database. Get the actions with ActionHistories on Schedulers.boundedElastic() and put them into"
				+ " the model.";

		/**
		 * {@code #actionHistory} is {@code null} where nobody is signed in or a bean is
		 * missing, as in an application's slice tests, and in a reactive application.
		 */
		@Bean
		IDialect actionlogHistoryDialect(ApplicationContext application, ObjectProvider<CurrentUser> currentUser,
				ActionHistories histories) {
			if (application instanceof ReactiveWebApplicationContext) {
				return ExpressionObject.nothing("actionHistory", REACTIVE);
			}
			// once, because a provider asks the bean factory each time
			Supplier<@Nullable CurrentUser> singleUser = SingletonSupplier.of(currentUser::getIfAvailable);
			return new ExpressionObject("actionHistory", (context) -> {
				CurrentUser user = singleUser.get();
				return (user != null && histories.isUsable())
						? new HistoryView(histories, context).of(user.username().orElse(null)) : null;
			});
		}

		/**
		 * {@code #actionHistories} is {@code null} where the actions are not to be had.
		 */
		@Bean
		IDialect actionlogHistoriesDialect(ApplicationContext application, ActionHistories histories) {
			if (application instanceof ReactiveWebApplicationContext) {
				return ExpressionObject.nothing("actionHistories", REACTIVE);
			}
			return new ExpressionObject("actionHistories",
					(context) -> histories.isUsable() ? new HistoryView(histories, context) : null);
		}

		static class Hints implements RuntimeHintsRegistrar {

			@Override
			public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
				hints.resources().registerPattern("templates/actionlog/history.html");
				for (Class<?> type : List.of(HistoryView.class, ActionHistory.class, ActionHistory.Day.class,
						ActionHistory.Entry.class)) {
					hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
				}
			}

		}

	}

}

package dev.actionlog.action;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.database.DatabaseAutoConfiguration;
import dev.actionlog.example.ExampleApplication;
import dev.actionlog.text.TextAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.dialect.IDialect;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ActionAutoConfiguration}.
 */
class ActionAutoConfigurationTests {

	private static final AutoConfigurations LIBRARY = AutoConfigurations.of(TextAutoConfiguration.class,
			DatabaseAutoConfiguration.class, ProfileAutoConfiguration.class, ActionAutoConfiguration.class);

	private final ApplicationContextRunner withoutJpa = new ApplicationContextRunner().withConfiguration(LIBRARY);

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
				TransactionAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "spring.jpa.hibernate.ddl-auto=none");

	private final ApplicationContextRunner runner = this.application.withConfiguration(LIBRARY);

	@AfterEach
	void signOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void keepsTenActionsByDefault() {
		this.runner.run((context) -> assertThat(context.getBean(ActionService.class).limitFor("ann")).isEqualTo(10));
	}

	@Test
	void keepsAsManyActionsAsConfigured() {
		this.runner.withPropertyValues("actionlog.actions.keep=2").run((context) -> {
			ActionService actions = context.getBean(ActionService.class);
			List.of("a", "b", "c").forEach((message) -> actions.recordFor("ann", message));
			assertThat(actions.recentFor("ann")).hasSize(2);
		});
	}

	@Test
	void keepsNoActionsWhereNoneAreConfigured() {
		this.runner.withPropertyValues("actionlog.actions.keep=0").run((context) -> {
			ActionService actions = context.getBean(ActionService.class);
			actions.recordFor("ann", "a");
			assertThat(actions.recentFor("ann")).isEmpty();
		});
	}

	@Test
	void refusesNegativeNumberToKeep() {
		this.runner.withPropertyValues("actionlog.actions.keep=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("actionlog.actions.keep must not be negative"));
	}

	@Test
	void takesTheClockOfTheApplication() {
		Instant now = Instant.parse("2026-11-21T13:05:00Z");
		this.runner.withBean("clock", Clock.class, () -> Clock.fixed(now, ZoneOffset.UTC)).run((context) -> {
			ActionService actions = context.getBean(ActionService.class);
			actions.recordFor("ann", "a");
			assertThat(actions.recentFor("ann")).extracting(Action::getRecordedAt).containsExactly(now);
		});
	}

	@Test
	void startsWhereTheApplicationHasSeveralClocks() {
		this.runner.withBean("one", Clock.class, Clock::systemUTC)
			.withBean("two", Clock.class, Clock::systemUTC)
			.run((context) -> assertThat(context).hasSingleBean(ActionService.class));
	}

	@Test
	void actionServiceOfTheApplicationWins() {
		this.runner.withBean("mine", ActionService.class, () -> mock(ActionService.class))
			.run((context) -> assertThat(context).hasSingleBean(ActionService.class).hasBean("mine"));
	}

	@Test
	void worksWithProfileServiceOfTheApplication() {
		this.runner.withBean("mine", ProfileService.class, () -> mock(ProfileService.class))
			.run((context) -> assertThat(context).hasSingleBean(ProfileService.class)
				.hasSingleBean(ActionService.class));
	}

	@Test
	void standsBackWithoutJpa() {
		this.withoutJpa.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ActionService.class));
		this.withoutJpa.withBean("mine", ProfileService.class, () -> mock(ProfileService.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ActionService.class));
		this.withoutJpa.withClassLoader(new FilteredClassLoader(EntityManagerFactory.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ActionAutoConfiguration.class));
	}

	@Test
	void worksWithoutThymeleafSpringSecurityMetricsAndWebApplication() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.thymeleaf", "org.springframework.security",
					"io.micrometer.core", "jakarta.servlet", "org.springframework.web"))
			.run((context) -> {
				assertThat(context).doesNotHaveBean(IDialect.class);
				context.getBean(ActionService.class).recordFor("ann", "a");
			});
	}

	@Test
	void observesEachRecordInTheRegistryOfTheApplication() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.runner.withBean("observations", ObservationRegistry.class, () -> observations(meters)).run((context) -> {
			ActionService actions = context.getBean(ActionService.class);
			actions.recordFor("ann", "a");
			actions.recordFor("bob", "b");
			actions.recentFor("ann");
			Timer timer = meters.get("actionlog.actions.record").timer();
			assertThat(timer.count()).isEqualTo(2);
			assertThat(timer.getId().getTags()).containsExactly(Tag.of("error", "none"));
			JdbcClient.create(context.getBean(DataSource.class)).sql("drop table actionlog_action").update();
			assertThatException().isThrownBy(() -> actions.recordFor("ann", "c"));
			assertThat(meters.get("actionlog.actions.record").tag("error", "BadSqlGrammarException").timer().count())
				.isOne();
		});
	}

	@Test
	void observesNothingWithNoRegistryOrSeveral() {
		this.runner.run((context) -> context.getBean(ActionService.class).recordFor("ann", "a"));
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.runner.withBean("one", ObservationRegistry.class, () -> observations(meters))
			.withBean("two", ObservationRegistry.class, () -> observations(meters))
			.run((context) -> context.getBean(ActionService.class).recordFor("ann", "a"));
		assertThat(meters.getMeters()).isEmpty();
	}

	private static ObservationRegistry observations(MeterRegistry meters) {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		return observations;
	}

	@Test
	void fragmentShowsNothingWithoutActionServiceOrDialect() {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("ann", "", "USER"));
		ApplicationContextRunner pages = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ThymeleafAutoConfiguration.class));
		pages.run((context) -> assertThat(page(context)).contains("application").doesNotContain("action-history"));
		ApplicationContextRunner library = pages.withConfiguration(LIBRARY);
		library.run((context) -> assertThat(page(context)).contains("application").doesNotContain("action-history"));
		library.withBean(ActionService.class, () -> mock(ActionService.class))
			.run((context) -> assertThat(page(context)).contains("action-history", "Nothing yet."));
	}

	@Test
	void startsInApplicationWithTheSamePlainNamesAndItsOwnEntityScan() {
		this.runner.withUserConfiguration(ExampleApplication.class)
			.withPropertyValues("spring.jpa.hibernate.ddl-auto=update")
			.run((context) -> {
				context.getBean(ActionService.class).recordFor("ann", "a");
				assertThat(context.getBean(EntityManagerFactory.class).getMetamodel().getEntities())
					.extracting(EntityType::getName)
					.containsExactlyInAnyOrder("actionlogAction", "actionlogProfile", "Action", "UserProfile");
			});
	}

	@Test
	void everyBeanIsNamedAfterTheLibrary() {
		this.application.run((plain) -> this.runner.run((context) -> {
			Set<String> added = Arrays.stream(context.getBeanDefinitionNames()).collect(Collectors.toSet());
			added.removeAll(Set.of(plain.getBeanDefinitionNames()));
			// Spring Boot's own way to have tables made before JPA starts
			added.removeIf((name) -> name.startsWith("org.springframework.boot.sql.init."));
			assertThat(added).isNotEmpty()
				.allMatch((name) -> name.startsWith("actionlog") || name.contains("dev.actionlog."));
		}));
	}

	@Test
	void addsNoClockAndNoMessageSource() {
		this.runner.run((context) -> {
			assertThat(context).doesNotHaveBean(Clock.class);
			assertThat(context.getBeanNamesForType(MessageSource.class)).isSubsetOf("messageSource");
		});
	}

	private static String page(ApplicationContext context) {
		return context.getBean(ITemplateEngine.class).process("example/page", new Context(Locale.ENGLISH));
	}

}

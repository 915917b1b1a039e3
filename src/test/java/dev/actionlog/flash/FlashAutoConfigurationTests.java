package dev.actionlog.flash;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.database.DatabaseAutoConfiguration;
import dev.actionlog.example.ExampleApplication;
import dev.actionlog.testing.SetClock;
import dev.actionlog.text.TextAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.persistence.EntityManagerFactory;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.dialect.IDialect;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FlashAutoConfiguration}.
 */
class FlashAutoConfigurationTests {

	private static final AutoConfigurations LIBRARY = AutoConfigurations.of(TextAutoConfiguration.class,
			DatabaseAutoConfiguration.class, ProfileAutoConfiguration.class, FlashAutoConfiguration.class);

	private static final AutoConfigurations JPA = AutoConfigurations.of(DataSourceAutoConfiguration.class,
			HibernateJpaAutoConfiguration.class, TransactionAutoConfiguration.class);

	private static final String[] SETTINGS = { "spring.datasource.generate-unique-name=true",
			"spring.jpa.hibernate.ddl-auto=none", "spring.jpa.open-in-view=false" };

	private final ApplicationContextRunner settings = new ApplicationContextRunner().withConfiguration(LIBRARY);

	private final ApplicationContextRunner runner = this.settings.withConfiguration(JPA).withPropertyValues(SETTINGS);

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(JPA)
		.withPropertyValues(SETTINGS);

	private final WebApplicationContextRunner webRunner = this.web.withConfiguration(LIBRARY);

	@Test
	void hasDefaults() {
		this.settings.run((context) -> assertThat(context.getBean(FlashProperties.class)).isEqualTo(
				new FlashProperties(FlashLevel.INFO, 100, Duration.ofDays(30), 10, Duration.ofSeconds(30), Map.of())));
	}

	@Test
	void lowestLevelIsNameOrNumber() {
		Map.of("error", 40, "WARNING", 30, "debug", 10, "29", 29, "-1", -1)
			.forEach((level, value) -> this.settings.withPropertyValues("actionlog.flash.min-level=" + level)
				.run((context) -> assertThat(context.getBean(FlashProperties.class).minLevel())
					.isEqualTo(new FlashLevel(value))));
	}

	@Test
	void lowestLevelIsNumberInYaml() {
		this.settings
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("yaml", Map.of("actionlog.flash.min-level", 29))))
			.run((context) -> assertThat(context.getBean(FlashProperties.class).minLevel())
				.isEqualTo(new FlashLevel(29)));
	}

	@Test
	void refusesLevelThatDoesNotExist() {
		this.settings.withPropertyValues("actionlog.flash.min-level=sucess")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("No flash level is called 'sucess'"));
	}

	@Test
	void refusesSettingsOutOfBounds() {
		for (String setting : List.of("max-pending=0", "max-pending=10001", "expiry=0s", "expiry=-1d", "expiry=3651d",
				"lease=0s", "lease=999ms")) {
			this.settings.withPropertyValues("actionlog.flash." + setting)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageContaining("actionlog.flash." + setting.substring(0, setting.indexOf('='))));
		}
	}

	@Test
	void refusesTagsThatAreNone() {
		this.settings.withPropertyValues("actionlog.flash.tags.29=a b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("actionlog.flash.tags.29"));
	}

	@Test
	void levelsHaveTheConfiguredTags() {
		this.settings.withPropertyValues("actionlog.flash.tags.29=custom", "actionlog.flash.tags.40=danger")
			.run((context) -> {
				FlashProperties properties = context.getBean(FlashProperties.class);
				assertThat(properties.tag(new FlashLevel(29))).isEqualTo("custom");
				assertThat(properties.tag(FlashLevel.ERROR)).isEqualTo("danger");
				assertThat(properties.tag(FlashLevel.WARNING)).isEqualTo("warning");
			});
	}

	@Test
	void settingsHold() {
		SetClock clock = StoppedClock.create();
		this.runner.withBean("clock", Clock.class, () -> clock)
			.withPropertyValues("actionlog.flash.max-pending=2", "actionlog.flash.expiry=1h",
					"actionlog.flash.min-level=warning")
			.run((context) -> {
				FlashSender sender = context.getBean(FlashSender.class);
				assertThat(sender.send("ann", FlashLevel.INFO, "x")).isFalse();
				IntStream.range(0, 3).forEach((i) -> sender.send("ann", FlashLevel.ERROR, "x"));
				assertThat(sender.peek("ann")).hasSize(2);
				clock.advance(Duration.ofHours(1));
				assertThat(sender.peek("ann")).isEmpty();
			});
	}

	@Test
	void hasOnlySenderWithoutWebApplication() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(FlashSender.class)
			.doesNotHaveBean(FlashMessages.class)
			.doesNotHaveBean(FilterRegistrationBean.class)
			.doesNotHaveBean(IDialect.class));
	}

	@Test
	void hasBothInWebApplication() {
		this.webRunner.run((context) -> assertThat(context).hasSingleBean(FlashSender.class)
			.hasSingleBean(FlashMessages.class)
			.hasSingleBean(IDialect.class));
	}

	@Test
	void filterSeesEveryDispatchThatCanEndResponse() {
		this.webRunner.run((context) -> {
			FilterRegistrationBean<?> filter = context.getBean("actionlogFlashFilter", FilterRegistrationBean.class);
			assertThat(filter.getFilter()).isInstanceOf(FlashFilter.class);
			assertThat(filter.determineDispatcherTypes()).containsExactlyInAnyOrder(DispatcherType.REQUEST,
					DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD);
			// inside of the request context's filter, outside of Spring Security's
			assertThat(filter.getOrder()).isBetween(-104, -101);
		});
	}

	@Test
	void beansOfTheApplicationWin() {
		this.webRunner.withBean("myMessages", FlashMessages.class, () -> mock(FlashMessages.class))
			.withBean("mySender", FlashSender.class, () -> mock(FlashSender.class))
			.run((context) -> assertThat(context).hasSingleBean(FlashMessages.class)
				.hasBean("myMessages")
				.hasSingleBean(FlashSender.class)
				.hasBean("mySender"));
	}

	@Test
	void worksWithProfileServiceOfTheApplication() {
		this.webRunner.withBean("mine", ProfileService.class, () -> mock(ProfileService.class))
			.run((context) -> assertThat(context).hasSingleBean(FlashMessages.class).hasSingleBean(FlashSender.class));
	}

	@Test
	void startsWhereTheApplicationHasSeveralClocks() {
		this.runner.withBean("one", Clock.class, Clock::systemUTC)
			.withBean("two", Clock.class, () -> Clock.system(ZoneOffset.MAX))
			.run((context) -> assertThat(context).hasSingleBean(FlashSender.class));
	}

	@Test
	void standsBackWithoutJpa() {
		WebApplicationContextRunner withoutJpa = new WebApplicationContextRunner().withConfiguration(LIBRARY);
		withoutJpa.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(FlashSender.class)
			.doesNotHaveBean(FlashMessages.class));
		withoutJpa.withBean("mine", ProfileService.class, () -> mock(ProfileService.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FlashMessages.class));
		withoutJpa.withClassLoader(new FilteredClassLoader(EntityManagerFactory.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FlashAutoConfiguration.class));
	}

	@Test
	void sendsWithoutThymeleafSpringSecurityMetricsAndServlets() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.thymeleaf", "org.springframework.security",
					"io.micrometer.core", "jakarta.servlet", "org.springframework.web"))
			.run((context) -> assertThat(context.getBean(FlashSender.class).send("ann", FlashLevel.INFO, "x"))
				.isTrue());
	}

	@Test
	void worksWithoutThymeleafSpringSecurityAndMetrics() {
		this.webRunner
			.withClassLoader(
					new FilteredClassLoader("org.thymeleaf", "org.springframework.security", "io.micrometer.core"))
			.run((context) -> {
				assertThat(context).doesNotHaveBean(FlashMetrics.class).doesNotHaveBean("actionlogFlashDialect");
				FlashMessages flash = context.getBean(FlashMessages.class);
				Visitor browser = new Visitor("ann");
				browser.post(() -> flash.info("x"));
				browser.page(() -> assertThat(flash).hasSize(1));
				browser.page(() -> assertThat(flash).isEmpty());
			});
	}

	@Test
	void countsInTheRegistryOfTheApplication() {
		this.runner.withBean("registry", MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			context.getBean(FlashSender.class).send("ann", FlashLevel.INFO, "x");
			assertThat(context.getBean(MeterRegistry.class).get("actionlog.flash.sent").counter().count()).isOne();
		});
	}

	@Test
	void observesEachClaimInTheRegistryOfTheApplication() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		this.webRunner.withBean("observations", ObservationRegistry.class, () -> observations).run((context) -> {
			FlashMessages flash = context.getBean(FlashMessages.class);
			Visitor browser = new Visitor("ann");
			browser.post(() -> flash.info("x"));
			browser.page(flash::size);
			assertThat(meters.getMeters()).isEmpty();
			browser.page(() -> assertThat(flash).hasSize(1));
			new Visitor().page(() -> assertThat(flash).isEmpty());
			Timer timer = meters.get("actionlog.flash.claim").timer();
			assertThat(timer.count()).isOne();
			assertThat(timer.getId().getTags()).containsExactly(Tag.of("error", "none"));
		});
	}

	@Test
	void worksWithNoRegistryOrSeveral() {
		this.runner.run(
				(context) -> assertThat(context.getBean(FlashSender.class).send("ann", FlashLevel.INFO, "x")).isTrue());
		this.runner.withBean("one", MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("two", MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context.getBean(FlashSender.class).send("ann", FlashLevel.INFO, "x"))
				.isTrue());
	}

	@Test
	void fragmentShowsNothingWithoutFlashMessagesOrDialectAndNoMessageOfMock() {
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
		try {
			WebApplicationContextRunner pages = new WebApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(ThymeleafAutoConfiguration.class));
			pages.run((context) -> assertThat(page(context)).contains("application").doesNotContain("flash-messages"));
			WebApplicationContextRunner library = pages.withConfiguration(LIBRARY);
			library
				.run((context) -> assertThat(page(context)).contains("application").doesNotContain("flash-messages"));
			library.withBean(FlashMessages.class, () -> mock(FlashMessages.class))
				.run((context) -> assertThat(page(context)).contains("flash-messages").doesNotContain("data-level"));
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

	@Test
	void fragmentShowsNothingWithoutRequest() {
		this.webRunner.withConfiguration(AutoConfigurations.of(ThymeleafAutoConfiguration.class))
			.run((context) -> assertThat(page(context)).contains("application").doesNotContain("flash-messages"));
	}

	@Test
	void leavesNothingWhereTheModuleIsExcluded() {
		this.web
			.withConfiguration(AutoConfigurations.of(TextAutoConfiguration.class, DatabaseAutoConfiguration.class,
					ProfileAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(FlashSender.class);
				assertThat(context.getBean(EntityManagerFactory.class).getMetamodel().getEntities())
					.extracting((entity) -> entity.getName())
					.containsExactly("actionlogProfile");
			});
	}

	@Test
	void startsInApplicationWithTheSamePlainNamesAndItsOwnEntityScan() {
		this.runner.withUserConfiguration(ExampleApplication.class)
			.withPropertyValues("spring.jpa.hibernate.ddl-auto=update")
			.run((context) -> {
				context.getBean(FlashSender.class).send("ann", FlashLevel.INFO, "x");
				assertThat(context.getBean(EntityManagerFactory.class).getMetamodel().getEntities())
					.extracting((entity) -> entity.getName())
					.containsExactlyInAnyOrder("actionlogFlash", "actionlogShown", "actionlogAnnouncement",
							"actionlogRecipient", "actionlogProfile", "Action", "UserProfile");
			});
	}

	@Test
	void everyBeanIsNamedAfterTheLibrary() {
		this.web.run((plain) -> this.webRunner.run((context) -> {
			Set<String> added = Arrays.stream(context.getBeanDefinitionNames()).collect(Collectors.toSet());
			added.removeAll(Set.of(plain.getBeanDefinitionNames()));
			// Spring Boot's own way to have tables made before JPA starts
			added.removeIf((name) -> name.startsWith("org.springframework.boot.sql.init."));
			assertThat(added).isNotEmpty()
				.allMatch((name) -> name.startsWith("actionlog") || name.contains("dev.actionlog."));
			assertThat(context).doesNotHaveBean(Clock.class);
		}));
	}

	private static String page(ApplicationContext context) {
		return context.getBean(ITemplateEngine.class).process("example/messages", new Context());
	}

}

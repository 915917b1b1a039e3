package dev.actionlog.live;

import dev.actionlog.action.ActionAutoConfiguration;
import dev.actionlog.database.DatabaseAutoConfiguration;
import dev.actionlog.flash.FlashAutoConfiguration;
import dev.actionlog.flash.FlashConfirmation;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.text.TextAutoConfiguration;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.thymeleaf.dialect.IDialect;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.event.LogoutSuccessEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LiveAutoConfiguration}.
 */
class LiveAutoConfigurationTests {

	private static final AutoConfigurations LIBRARY = AutoConfigurations.of(TextAutoConfiguration.class,
			DatabaseAutoConfiguration.class, ProfileAutoConfiguration.class, ActionAutoConfiguration.class,
			FlashAutoConfiguration.class, LiveAutoConfiguration.class, DataSourceAutoConfiguration.class,
			HibernateJpaAutoConfiguration.class, TransactionAutoConfiguration.class);

	private static final String[] SETTINGS = { "spring.datasource.generate-unique-name=true",
			"spring.jpa.hibernate.ddl-auto=none", "spring.jpa.open-in-view=false" };

	private static final String ENABLED = "actionlog.live.enabled=true";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(LIBRARY)
		.withPropertyValues(SETTINGS);

	@Test
	void isOffByDefault() {
		for (WebApplicationContextRunner off : new WebApplicationContextRunner[] { this.runner,
				this.runner.withPropertyValues("actionlog.live.enabled=false") }) {
			off.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LiveAutoConfiguration.class)
				.doesNotHaveBean(FlashConfirmation.class));
		}
	}

	@Test
	void isOnWhereItIsEnabled() {
		this.runner.withPropertyValues(ENABLED)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LiveDelivery.class)
				.hasSingleBean(LiveController.class)
				.hasBean("actionlogLiveServlet")
				.hasBean("actionlogLiveSignOut"));
	}

	@Test
	void needsServletsAndThymeleaf() {
		this.runner.withPropertyValues(ENABLED)
			.withClassLoader(new FilteredClassLoader(IDialect.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LiveDelivery.class));
		new ApplicationContextRunner().withConfiguration(LIBRARY)
			.withPropertyValues(SETTINGS)
			.withPropertyValues(ENABLED)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LiveDelivery.class));
	}

	@Test
	void worksWithoutSecurityAndPostgresql() {
		this.runner.withPropertyValues(ENABLED)
			.withClassLoader(new FilteredClassLoader(LogoutSuccessEvent.class, PGConnection.class))
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.hasSingleBean(LiveDelivery.class)
					.doesNotHaveBean("actionlogLiveSignOut");
				context.getBean(FlashSender.class).send("ann", FlashLevel.INFO, "nobody is told");
			});
	}

	@Test
	void beginsNoThreadOfItsOwnAccord() {
		this.runner.withPropertyValues(ENABLED).run((context) -> {
			context.getBean(FlashSender.class).send("ann", FlashLevel.INFO, "nobody is there");
			assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
				.noneMatch((name) -> name.startsWith("actionlog-live"));
		});
	}

	@Test
	void pagesConfirmWhereTheScriptHasSetItsCookie() {
		this.runner.withPropertyValues(ENABLED).run((context) -> {
			FlashConfirmation confirmation = context.getBean(FlashConfirmation.class);
			MockHttpServletRequest request = new MockHttpServletRequest();
			assertThat(confirmation.path(request)).isNull();
			request.setCookies(new Cookie("actionlog-live", "abc"));
			assertThat(confirmation.path(request)).isEqualTo("/actionlog/live/shown");
			request.setCookies(new Cookie("actionlog-live", "off"));
			assertThat(confirmation.path(request)).isNull();
		});
	}

}

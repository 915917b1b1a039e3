package dev.actionlog.profile;

import java.security.Principal;
import java.util.Optional;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.actionlog.database.DatabaseAutoConfiguration;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ProfileAutoConfiguration}.
 */
class ProfileAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProfileAutoConfiguration.class));

	private final ApplicationContextRunner jpaRunner = this.runner
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
				TransactionAutoConfiguration.class, DatabaseAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true");

	@AfterEach
	void signOut() {
		SecurityContextHolder.clearContext();
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void keepsProfiles() {
		this.jpaRunner.run((context) -> {
			assertThat(context).getBean(ProfileService.class).isNotNull();
			assertThat(context.getBean(EntityManagerFactory.class).getMetamodel().entity(UserProfile.class).getName())
				.isEqualTo("actionlogProfile");
		});
	}

	@Test
	void keepsProfilesWhereTheApplicationNamesItsEntities() {
		this.jpaRunner
			.withBean(PersistenceManagedTypes.class, () -> PersistenceManagedTypes.of("dev.actionlog.example.Action"))
			.run((context) -> assertThat(entities(context)).containsExactlyInAnyOrder("actionlogProfile", "Action"));
	}

	@Test
	void keepsProfilesWhereTheApplicationBuildsItsFactory() {
		this.jpaRunner.withUserConfiguration(OwnFactory.class)
			.run((context) -> assertThat(entities(context)).contains("actionlogProfile", "Action"));
	}

	@Test
	void keepsNoProfilesWithoutJpa() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ProfileService.class));
	}

	@Test
	void standsBackWhereJpaIsMissing() {
		this.runner.withClassLoader(new FilteredClassLoader(EntityManagerFactory.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ProfileAutoConfiguration.class));
	}

	@Test
	void profileServiceOfTheApplicationWins() {
		this.jpaRunner.withBean("mine", ProfileService.class, () -> mock(ProfileService.class))
			.run((context) -> assertThat(context).hasSingleBean(ProfileService.class).hasBean("mine"));
	}

	@Test
	void currentUserOfTheApplicationWins() {
		signIn(new TestingAuthenticationToken("ann", "", "USER"));
		this.runner.withBean("mine", CurrentUser.class, () -> () -> Optional.of("somebody"))
			.run((context) -> assertThat(context.getBean(CurrentUser.class).username()).contains("somebody"));
	}

	@Test
	void nobodyIsTheCurrentUserByDefault() {
		this.runner.run((context) -> assertThat(context.getBean(CurrentUser.class).username()).isEmpty());
	}

	@Test
	void currentUserIsTheAuthenticatedOne() {
		signIn(new TestingAuthenticationToken("ann", "", "USER"));
		request("bob");
		this.runner.run((context) -> assertThat(context.getBean(CurrentUser.class).username()).contains("ann"));
	}

	@Test
	void currentUserIsNeverAnAnonymousOne() {
		signIn(new AnonymousAuthenticationToken("key", "anonymousUser",
				AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
		this.runner.run((context) -> assertThat(context.getBean(CurrentUser.class).username()).isEmpty());
	}

	@Test
	void currentUserIsNeverOneWhoHasYetToProveIt() {
		Authentication claimed = new TestingAuthenticationToken("ann", "");
		claimed.setAuthenticated(false);
		signIn(claimed);
		this.runner.run((context) -> assertThat(context.getBean(CurrentUser.class).username()).isEmpty());
	}

	@Test
	void currentUserIsThePrincipalOfTheRequestWithoutSpringSecurity() {
		signIn(new TestingAuthenticationToken("ann", "", "USER"));
		request("bob");
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(ProfileAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context.getBean(CurrentUser.class).username()).contains("bob"));
	}

	@Test
	void requestWithoutPrincipalIsNobodys() {
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
		this.runner.run((context) -> assertThat(context.getBean(CurrentUser.class).username()).isEmpty());
	}

	@Test
	void nobodyIsTheCurrentUserWithoutSpringSecurityAndServlets() {
		request("bob");
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.security", "jakarta.servlet",
					"org.springframework.web"))
			.run((context) -> assertThat(context.getBean(CurrentUser.class).username()).isEmpty());
	}

	private static Stream<String> entities(ApplicationContext context) {
		return context.getBean(EntityManagerFactory.class)
			.getMetamodel()
			.getEntities()
			.stream()
			.map(EntityType::getName);
	}

	private static void signIn(Authentication authentication) {
		SecurityContextHolder.getContext().setAuthentication(authentication);
	}

	private static void request(String username) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		Principal principal = () -> username;
		request.setUserPrincipal(principal);
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		LocalContainerEntityManagerFactoryBean entityManagerFactory(EntityManagerFactoryBuilder builder,
				DataSource dataSource) {
			return builder.dataSource(dataSource).packages("dev.actionlog.example").build();
		}

	}

}

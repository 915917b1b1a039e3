package dev.actionlog.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.actionlog.action.ActionAutoConfiguration;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.AnnouncementDraft;
import dev.actionlog.flash.Announcements;
import dev.actionlog.flash.FlashAutoConfiguration;
import dev.actionlog.flash.FlashDraft;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashMessage;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.profile.ProfileAutoConfiguration;
import dev.actionlog.testing.Database;
import dev.actionlog.text.Text;
import dev.actionlog.text.TextAutoConfiguration;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the library in applications whose databases are not as usual: until the first
 * call it changes nothing there, and then it works or says why not.
 */
@ExtendWith(OutputCaptureExtension.class)
class OtherApplicationsIT {

	private static final AtomicInteger numbers = new AtomicInteger();

	private static final ThreadLocal<String> tenant = new ThreadLocal<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
				TransactionAutoConfiguration.class, DatabaseAutoConfiguration.class, ProfileAutoConfiguration.class,
				ActionAutoConfiguration.class, FlashAutoConfiguration.class, TextAutoConfiguration.class))
		.withInitializer((context) -> LoggingSystem.get(getClass().getClassLoader())
			.setLogLevel("dev.actionlog.database", LogLevel.WARN));

	@AfterEach
	void leaveTenant() {
		tenant.remove();
	}

	@Test
	void entitiesTablesAndSqlAreThoseOfThePrimaryDataSource() {
		this.runner.withUserConfiguration(TwoDatabases.class).run((context) -> {
			assertThat(entities(context.getBean("firstFactory", EntityManagerFactory.class)))
				.contains("actionlogProfile", "actionlogAction", "actionlogFlash", "Action");
			assertThat(entities(context.getBean("secondFactory", EntityManagerFactory.class)))
				.containsExactlyInAnyOrder("Action", "UserProfile");
			recordAndSend(context.getBean(ActionService.class), context.getBean(FlashSender.class));
			assertThat(tables(context.getBean("first", DataSource.class))).isEqualTo(6);
			assertThat(tables(context.getBean("second", DataSource.class))).isZero();
		});
	}

	@Test
	void joinsTheTransactionOfTheFactoryOnThePrimaryDataSource() {
		this.runner.withUserConfiguration(TwoDatabases.class).run((context) -> {
			ActionService actions = context.getBean(ActionService.class);
			new TransactionTemplate(
					new JpaTransactionManager(context.getBean("firstFactory", EntityManagerFactory.class)))
				.executeWithoutResult((status) -> {
					actions.recordFor("ann", "x");
					status.setRollbackOnly();
				});
			assertThat(actions.recentFor("ann")).isEmpty();
		});
	}

	@Test
	void transactionThatDoesNotShowItsConnectionIsJoined() {
		this.runner.withUserConfiguration(ConnectionsOfHibernate.class).run((context) -> {
			ActionService actions = context.getBean(ActionService.class);
			FlashSender sender = context.getBean(FlashSender.class);
			TransactionTemplate transaction = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			transaction.executeWithoutResult((status) -> {
				recordAndSend(actions, sender);
				status.setRollbackOnly();
			});
			assertThat(actions.recentFor("ann")).isEmpty();
			assertThat(sender.peek("ann")).isEmpty();
			transaction.executeWithoutResult((status) -> recordAndSend(actions, sender));
			assertThat(actions.recentFor("ann")).hasSize(1);
			assertThat(sender.peek("ann")).hasSize(1);
		});
	}

	@Test
	void announcementIsAtomicWhereConnectionsAreHibernates() {
		this.runner.withUserConfiguration(ConnectionsOfHibernate.class).run((context) -> {
			context.getSourceApplicationContext(ConfigurableApplicationContext.class)
				.addApplicationListener((ApplicationListener<PayloadApplicationEvent<Object>>) (event) -> {
					throw new IllegalStateException("for the test");
				});
			Announcements announcements = context.getBean(Announcements.class);
			assertThatIllegalStateException().isThrownBy(
					() -> announcements.publish(AnnouncementDraft.of(FlashLevel.INFO, "news").to(List.of("ann"))));
			assertThat(announcements.list(10)).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void listenersOfTheLibrarysEventsCanUseEntities(boolean inView) {
		List<Object> seen = new ArrayList<>();
		this.runner.withBean("events", DataSource.class, () -> memory("events" + inView)).run((context) -> {
			EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
			EntityManager view = factory.createEntityManager();
			if (inView) {
				TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(view));
				// the session keeps the connection from here on
				view.createQuery("select count(p) from actionlogProfile p").getSingleResult();
			}
			TransactionTemplate transaction = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			EntityManager entities = SharedEntityManagerCreator
				.createSharedEntityManager(context.getBean(EntityManagerFactory.class));
			context.getSourceApplicationContext(ConfigurableApplicationContext.class)
				.addApplicationListener((ApplicationListener<PayloadApplicationEvent<Object>>) (event) -> transaction
					.executeWithoutResult((status) -> {
						entities.createQuery("select count(p) from actionlogProfile p").getSingleResult();
						seen.add(event.getPayload());
					}));
			context.getBean(Announcements.class)
				.publish(AnnouncementDraft.of(FlashLevel.INFO, "news").to(List.of("ann")));
			context.getBean(FlashSender.class).sendAll(List.of("ann", "bob"), FlashDraft.of(FlashLevel.INFO, "ready"));
			context.getBean(ActionService.class).recordFor("ann", "x");
			if (inView) {
				TransactionSynchronizationManager.unbindResource(factory);
			}
			view.close();
		});
		assertThat(seen).hasSize(4);
	}

	@Test
	void eachTenantHasTablesInItsOwnSchema(CapturedOutput output) {
		runWithTenants((context) -> {
			assertThat(context).hasNotFailed();
			ActionService actions = context.getBean(ActionService.class);
			in("red", () -> recordAndSend(actions, context.getBean(FlashSender.class)));
			assertThat(in("blue", () -> actions.recentFor("ann"))).isEmpty();
			assertThat(in("red", () -> actions.recentFor("ann"))).hasSize(1);
			assertThat(in("blue", () -> context.getBean(FlashSender.class).peek("ann"))).isEmpty();
		});
		assertThat(output).doesNotContain("actionlog");
	}

	private void runWithTenants(ContextConsumer<AssertableApplicationContext> consumer) {
		DataSource dataSource = memory("tenants" + numbers.incrementAndGet());
		for (String schema : List.of("red", "blue")) {
			JdbcClient.create(dataSource).sql("create schema " + schema).update();
			new ResourceDatabasePopulator(Database.H2.script()).execute(inSchema(dataSource, schema));
		}
		this.runner.withBean("tenants", DataSource.class, () -> dataSource)
			.withUserConfiguration(Tenants.class)
			.withPropertyValues("actionlog.database.initialize=never", "spring.jpa.hibernate.ddl-auto=none")
			.run(consumer);
	}

	@Test
	void tenantIsThatOfTheOpenSession() {
		runWithTenants((context) -> {
			EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
			ActionService actions = context.getBean(ActionService.class);
			in("red", () -> {
				EntityManager view = factory.createEntityManager();
				TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(view));
				try {
					// the session keeps the connection from here on
					view.createQuery("select count(p) from actionlogProfile p").getSingleResult();
					return recordAndSend(actions, context.getBean(FlashSender.class));
				}
				finally {
					TransactionSynchronizationManager.unbindResource(factory);
					view.close();
				}
			});
			assertThat(in("red", () -> actions.recentFor("ann"))).hasSize(1);
			assertThat(in("blue", () -> actions.recentFor("ann"))).isEmpty();
		});
	}

	@Test
	void tenantIsThatOfTheTransactionAndItsListeners() {
		runWithTenants((context) -> {
			ActionService actions = context.getBean(ActionService.class);
			FlashSender sender = context.getBean(FlashSender.class);
			TransactionTemplate transaction = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			in("red", () -> transaction.execute((status) -> {
				actions.recordFor("bob", "x");
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						recordAndSend(actions, sender);
					}

				});
				return true;
			}));
			in("red", () -> transaction.execute((status) -> {
				actions.recordFor("bob", "y");
				status.setRollbackOnly();
				return true;
			}));
			assertThat(in("red", () -> actions.recentFor("bob"))).hasSize(1);
			assertThat(in("red", () -> actions.recentFor("ann"))).hasSize(1);
			assertThat(in("blue", () -> actions.recentFor("ann"))).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void transactionOfAnotherFactoryOnTheSameDataSourceIsJoined(boolean inView) {
		this.runner.withUserConfiguration(TwoFactories.class).run((context) -> {
			ActionService actions = context.getBean(ActionService.class);
			FlashSender sender = context.getBean(FlashSender.class);
			EntityManagerFactory first = context.getBean("firstFactory", EntityManagerFactory.class);
			EntityManager view = first.createEntityManager();
			if (inView) {
				TransactionSynchronizationManager.bindResource(first, new EntityManagerHolder(view));
			}
			for (String factory : List.of("firstFactory", "secondFactory")) {
				new TransactionTemplate(new JpaTransactionManager(context.getBean(factory, EntityManagerFactory.class)))
					.executeWithoutResult((status) -> {
						recordAndSend(actions, sender);
						status.setRollbackOnly();
					});
				assertThat(actions.recentFor("ann")).as(factory).isEmpty();
				assertThat(sender.peek("ann")).as(factory).isEmpty();
			}
			if (inView) {
				TransactionSynchronizationManager.unbindResource(first);
			}
			view.close();
		});
	}

	@Test
	void dataSourceThatKnowsNoTenantAtStartStopsNothing(CapturedOutput output) {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				if (tenant.get() == null) {
					throw new IllegalStateException("No tenant here");
				}
				return tenant.get();
			}

		};
		DataSource red = memory("red");
		new ResourceDatabasePopulator(Database.H2.script()).execute(red);
		routing.setTargetDataSources(Map.of("red", red));
		this.runner.withBean("routing", DataSource.class, () -> routing)
			.withPropertyValues("spring.jpa.hibernate.ddl-auto=none",
					"spring.jpa.database-platform=org.hibernate.dialect.H2Dialect",
					"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).contains("will look at the database again at its first use: No tenant here");
				in("red",
						() -> recordAndSend(context.getBean(ActionService.class), context.getBean(FlashSender.class)));
			});
	}

	@Test
	void validationOfTheSchemaDoesNotStopAnApplicationWithoutTheTables(CapturedOutput output) {
		this.runner.withBean("empty", DataSource.class, () -> memory("empty"))
			.withPropertyValues("actionlog.database.initialize=never", "spring.jpa.hibernate.ddl-auto=validate")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).containsOnlyOnce("A table of actionlog is missing");
			});
	}

	@Test
	void schemaOfHibernateIsNamedWhereTheTablesLieThere(CapturedOutput output) {
		DataSource dataSource = memory("schemas");
		JdbcClient.create(dataSource).sql("create schema app").update();
		this.runner.withBean("schemas", DataSource.class, () -> dataSource)
			.withPropertyValues("actionlog.database.initialize=never", "spring.jpa.hibernate.ddl-auto=create",
					"spring.jpa.properties.hibernate.default_schema=app")
			.run((context) -> {
				assertThat(output).containsOnlyOnce("hibernate.default_schema does not count");
				assertThatIllegalStateException()
					.isThrownBy(() -> context.getBean(ActionService.class).recordFor("ann", "x"))
					.withMessageContaining("hibernate.default_schema does not count");
			});
	}

	@Test
	void modeOfOracleIsRefusedByName(CapturedOutput output) {
		this.runner.withBean("oracle", DataSource.class, () -> memory("oracle;MODE=Oracle")).run((context) -> {
			assertThat(output).containsOnlyOnce("this database is H2 in MODE=Oracle");
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(ActionService.class).recentFor("ann"))
				.withMessageContaining("H2 in MODE=Oracle");
		});
	}

	@Test
	void worksInTheOtherModesOfH2() {
		Stream.of("DB2", "Derby", "HSQLDB", "MSSQLServer", "MySQL", "MariaDB", "PostgreSQL", "STRICT", "LEGACY")
			.forEach(
					(mode) -> this.runner
						.withBean("mode", DataSource.class,
								() -> memory(mode + ";MODE=" + mode
										+ (mode.equals("PostgreSQL")
												? ";DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH" : "")))
						.withPropertyValues("spring.jpa.hibernate.ddl-auto=none")
						.run((context) -> recordAndSend(context.getBean(ActionService.class),
								context.getBean(FlashSender.class))));
	}

	private static boolean recordAndSend(ActionService actions, FlashSender sender) {
		actions.recordFor("ann", Text.of("photo.changed", "Cat"));
		sender.send("ann", FlashLevel.INFO, "ready");
		assertThat(actions.recentFor("ann")).singleElement()
			.satisfies((action) -> assertThat(action.getText()).isEqualTo(Text.of("photo.changed", "Cat")));
		assertThat(sender.peek("ann")).extracting(FlashMessage::text).containsExactly(Text.of("ready"));
		return true;
	}

	private static <T> T in(String name, Supplier<T> work) {
		tenant.set(name);
		try {
			return work.get();
		}
		finally {
			tenant.remove();
		}
	}

	private static Stream<String> entities(EntityManagerFactory factory) {
		return factory.getMetamodel().getEntities().stream().map(EntityType::getName);
	}

	private static int tables(DataSource dataSource) {
		return JdbcClient.create(dataSource)
			.sql("select count(*) from information_schema.tables where lower(table_name) like 'actionlog%'")
			.query(Integer.class)
			.single();
	}

	private static DataSource memory(String name) {
		return new DriverManagerDataSource("jdbc:h2:mem:other-" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
	}

	private static DataSource inSchema(DataSource dataSource, String schema) {
		return new DriverManagerDataSource(((DriverManagerDataSource) dataSource).getUrl() + ";SCHEMA=" + schema, "sa",
				"");
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDatabases {

		@Bean
		@Primary
		DataSource first() {
			return new DriverManagerDataSource("jdbc:h2:mem:first;DB_CLOSE_DELAY=-1", "sa", "");
		}

		@Bean
		DataSource second() {
			return new DriverManagerDataSource("jdbc:h2:mem:second;DB_CLOSE_DELAY=-1", "sa", "");
		}

		@Bean
		@Primary
		LocalContainerEntityManagerFactoryBean firstFactory(EntityManagerFactoryBuilder builder,
				@Qualifier("first") DataSource dataSource) {
			return builder.dataSource(dataSource).packages("dev.actionlog.example").build();
		}

		@Bean
		LocalContainerEntityManagerFactoryBean secondFactory(EntityManagerFactoryBuilder builder,
				@Qualifier("second") DataSource dataSource) {
			return builder.dataSource(dataSource).packages("dev.actionlog.example").build();
		}

	}

	/**
	 * A factory that has no data source of Spring.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ConnectionsOfHibernate {

		@Bean
		DataSource dataSource() {
			return memory("hidden");
		}

		@Bean
		LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
			LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
			factory.setPersistenceUnitName("hidden");
			factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
			factory.setPackagesToScan("dev.actionlog.example");
			factory.getJpaPropertyMap()
				.put(JdbcSettings.JAKARTA_JDBC_URL, ((DriverManagerDataSource) dataSource).getUrl());
			factory.getJpaPropertyMap().put(JdbcSettings.JAKARTA_JDBC_USER, "sa");
			return factory;
		}

		@Bean
		PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
			return new JpaTransactionManager(factory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoFactories {

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:both;DB_CLOSE_DELAY=-1", "sa", "");
		}

		@Bean
		@Primary
		LocalContainerEntityManagerFactoryBean firstFactory(EntityManagerFactoryBuilder builder,
				DataSource dataSource) {
			return builder.dataSource(dataSource).packages("dev.actionlog.example").build();
		}

		@Bean
		LocalContainerEntityManagerFactoryBean secondFactory(EntityManagerFactoryBuilder builder,
				DataSource dataSource) {
			return builder.dataSource(dataSource).packages("dev.actionlog.example").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tenants {

		@Bean
		HibernatePropertiesCustomizer multiTenancy(DataSource dataSource) {
			return (properties) -> {
				properties.put(MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER, new Connections(dataSource));
				properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, new Resolver());
			};
		}

	}

	static class Resolver implements CurrentTenantIdentifierResolver<String> {

		@Override
		public String resolveCurrentTenantIdentifier() {
			if (tenant.get() == null) {
				throw new IllegalStateException("No tenant here");
			}
			return tenant.get();
		}

		@Override
		public boolean validateExistingCurrentSessions() {
			return false;
		}

	}

	record Connections(DataSource dataSource) implements MultiTenantConnectionProvider<String> {

		@Override
		public Connection getAnyConnection() throws SQLException {
			return this.dataSource.getConnection();
		}

		@Override
		public void releaseAnyConnection(Connection connection) throws SQLException {
			connection.close();
		}

		@Override
		public Connection getConnection(String tenant) throws SQLException {
			Connection connection = this.dataSource.getConnection();
			connection.setSchema(tenant.toUpperCase(Locale.ROOT));
			return connection;
		}

		@Override
		public void releaseConnection(String tenant, Connection connection) throws SQLException {
			connection.close();
		}

		@Override
		public boolean supportsAggressiveRelease() {
			return false;
		}

		@Override
		public boolean isUnwrappableAs(Class<?> type) {
			return false;
		}

		@Override
		public <T> @Nullable T unwrap(Class<T> type) {
			return null;
		}

	}

}

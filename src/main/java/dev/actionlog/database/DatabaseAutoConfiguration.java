package dev.actionlog.database;

import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.hibernate.cfg.SchemaToolingSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;

/**
 * {@link AutoConfiguration Auto-configuration} for the tables of the library, and for how
 * its SQL is run.
 */
@AutoConfiguration(after = { DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class })
@ConditionalOnClass(EntityManagerFactory.class)
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(DatabaseProperties.class)
@ImportRuntimeHints(DatabaseAutoConfiguration.Hints.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
public final class DatabaseAutoConfiguration {

	private static final Log logger = LogFactory.getLog(DatabaseAutoConfiguration.class);

	@Bean
	ScriptInitializer actionlogScriptInitializer(DataSource dataSource, DatabaseProperties properties) {
		return new ScriptInitializer(dataSource, properties.initialize());
	}

	@Bean
	@ConditionalOnBean(EntityManagerFactory.class)
	Database actionlogDatabase(ObjectProvider<EntityManagerFactory> factories, DataSource dataSource) {
		EntityManagerFactory factory = Stream.concat(Stream.ofNullable(factories.getIfUnique()), factories.stream())
			.filter((candidate) -> dataSource.equals(dataSource(candidate)))
			.findFirst()
			.orElseGet(() -> factories.stream().iterator().next());
		DataSource own = dataSource(factory);
		return new Database(factory, (own != null) ? own : dataSource);
	}

	private static @Nullable DataSource dataSource(EntityManagerFactory factory) {
		return (factory instanceof EntityManagerFactoryInfo info) ? info.getDataSource() : null;
	}

	@Bean
	@ConditionalOnBean(Database.class)
	SmartInitializingSingleton actionlogDatabaseCheck(Database database, DatabaseProperties properties) {
		return () -> {
			try {
				database.inspect();
			}
			catch (UnusableDatabaseException ex) {
				if (properties.validate()) {
					throw ex;
				}
				logger.warn(ex.getMessage());
			}
			// there may be no database yet, or none without a tenant
			catch (RuntimeException ex) {
				if (properties.validate()) {
					throw ex;
				}
				logger.warn("actionlog will look at the database again at its first use: "
						+ NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
			}
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HibernatePropertiesCustomizer.class)
	static class HibernateConfiguration {

		/**
		 * Leaves the tables of the library out of the validation of the application's
		 * schema, unless the application has a filter of its own.
		 */
		@Bean
		HibernatePropertiesCustomizer actionlogHibernatePropertiesCustomizer() {
			return (properties) -> properties.putIfAbsent(SchemaToolingSettings.HBM2DDL_FILTER_PROVIDER,
					new ValidationFilter());
		}

	}

	static class Hints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerPattern("dev/actionlog/database/*/*.sql");
			// LibraryEntities asks for a method
			hints.reflection().registerType(EntityManagerFactoryBuilder.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		}

	}

}

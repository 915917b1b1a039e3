package dev.actionlog.database;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
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
	@ConditionalOnSingleCandidate(EntityManagerFactory.class)
	Database actionlogDatabase(EntityManagerFactory factory, DataSource dataSource) {
		DataSource own = (factory instanceof EntityManagerFactoryInfo info) ? info.getDataSource() : null;
		return new Database(factory, (own != null) ? own : dataSource);
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
		};
	}

	static class Hints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources()
				.registerPattern("dev/actionlog/database/*.sql")
				.registerPattern("dev/actionlog/database/*/*.sql");
			// LibraryEntity asks for a method
			hints.reflection().registerType(EntityManagerFactoryBuilder.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		}

	}

}

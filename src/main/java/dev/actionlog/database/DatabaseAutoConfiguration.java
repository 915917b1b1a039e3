package dev.actionlog.database;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link AutoConfiguration Auto-configuration} for the tables of the library.
 */
@AutoConfiguration(after = { DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class })
@ConditionalOnClass(EntityManagerFactory.class)
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(DatabaseProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
public final class DatabaseAutoConfiguration {

	@Bean
	DatabaseInitializer actionlogDatabaseInitializer(DataSource dataSource, DatabaseProperties properties) {
		return new DatabaseInitializer(dataSource, properties.initialize());
	}

	@Bean
	DatabaseCheck actionlogDatabaseCheck(ObjectProvider<EntityManagerFactory> factories) {
		return new DatabaseCheck(factories);
	}

}

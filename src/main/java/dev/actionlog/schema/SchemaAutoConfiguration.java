package dev.actionlog.schema;

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
@EnableConfigurationProperties(SchemaProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
public final class SchemaAutoConfiguration {

	@Bean
	SchemaInitializer actionlogSchemaInitializer(DataSource dataSource, SchemaProperties properties) {
		return new SchemaInitializer(dataSource, properties.initialize());
	}

	@Bean
	SchemaCheck actionlogSchemaCheck(ObjectProvider<EntityManagerFactory> factories) {
		return new SchemaCheck(factories);
	}

}

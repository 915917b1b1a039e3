package dev.actionlog.app;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Configuration of the database beyond Spring Boot's defaults.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	/**
	 * Knows a lock that was not granted in time, which would be an unknown error by
	 * default.
	 */
	@Bean
	SQLExceptionTranslator exceptionTranslator(DataSource dataSource) {
		return new SQLErrorCodeSQLExceptionTranslator(dataSource);
	}

}

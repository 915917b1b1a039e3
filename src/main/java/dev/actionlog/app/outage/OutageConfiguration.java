package dev.actionlog.app.outage;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.support.TaskUtils;

/**
 * Configuration of what an outage of the database needs. The pool replaces Spring Boot's,
 * which backs off where there is a data source.
 */
@Configuration(proxyBeanMethods = false)
class OutageConfiguration {

	/**
	 * Is bound here and not by an annotation, for which the library's jar would describe
	 * the settings of Hikari as its own.
	 */
	@Bean
	WatchedPool dataSource(DataSourceProperties properties, Environment environment) {
		WatchedPool pool = Binder.get(environment)
			.bindOrCreate("spring.datasource.hikari", Bindable.ofInstance(new WatchedPool()));
		pool.setDriverClassName(properties.determineDriverClassName());
		pool.setJdbcUrl(properties.determineUrl());
		pool.setUsername(properties.determineUsername());
		pool.setPassword(properties.determinePassword());
		return pool;
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> secondTry() {
		return (tomcat) -> tomcat.addContextCustomizers((context) -> context.getPipeline().addValve(new SecondTry()));
	}

	/**
	 * What is done by the clock is done again, so that an outage is no news, nor a
	 * standby that takes no changes.
	 */
	@Bean
	ThreadPoolTaskSchedulerCustomizer quietOutages() {
		return (scheduler) -> scheduler.setErrorHandler((failure) -> {
			if (!DatabaseFailure.isUnreachable(failure) && !DatabaseFailure.isReadOnly(failure)) {
				TaskUtils.LOG_AND_SUPPRESS_ERROR_HANDLER.handleError(failure);
			}
		});
	}

}

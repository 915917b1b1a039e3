package dev.actionlog.app.session;

import java.time.Duration;
import java.util.Base64;

import dev.actionlog.app.outage.RepeatedRead;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Configuration of Spring Session. It replaces Spring Boot's, which backs off where there
 * is a repository.
 */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class SessionConfiguration {

	/** For a message that waits for a visitor; who signs in has more. */
	private static final Duration VISITOR_IDLE_TIME = Duration.ofMinutes(10);

	/** 256 random bits in 43 characters. */
	private static final StringKeyGenerator IDS = new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(),
			32);

	/**
	 * The sessions as rows. There is no transaction around each operation: a page reads
	 * its session with one statement, and what a request that has died saved by half is
	 * an anonymous session, or one with fewer attributes.
	 */
	@Bean
	JdbcIndexedSessionRepository storedSessionRepository(JdbcTemplate jdbc,
			@Value("${spring.datasource.url}") String url) {
		JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(jdbc,
				TransactionOperations.withoutTransaction());
		sessions.setDefaultMaxInactiveInterval(VISITOR_IDLE_TIME);
		sessions.setSessionIdGenerator(IDS::generateKey);
		// has a scheduler of its own, which would log a stack trace in each outage
		sessions.setCleanupCron(Scheduled.CRON_DISABLED);
		// two requests can add the same attribute at the same time
		if (DatabaseDriver.fromJdbcUrl(url) == DatabaseDriver.POSTGRESQL) {
			new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(sessions);
		}
		else {
			sessions.setCreateSessionAttributeQuery("""
					merge into %TABLE_NAME%_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES)
					key (SESSION_PRIMARY_ID, ATTRIBUTE_NAME) values (?, ?, ?)
					""");
		}
		return sessions;
	}

	@Bean
	SchedulingConfigurer expiredSessions(JdbcIndexedSessionRepository stored) {
		return (tasks) -> tasks.addFixedDelayTask(stored::cleanUpExpiredSessions, Duration.ofMinutes(1));
	}

	@Bean
	@Primary
	BoundedSessionRepository<?> sessionRepository(JdbcIndexedSessionRepository stored, RepeatedRead reads) {
		return new BoundedSessionRepository<>(stored, reads);
	}

}

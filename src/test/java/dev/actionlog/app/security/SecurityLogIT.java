package dev.actionlog.app.security;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the security events in the log.
 */
class SecurityLogIT {

	private final App app = App.on(Database.H2);

	private final String name = App.newName();

	private final Logger logger = (Logger) LoggerFactory.getLogger(SecurityEvents.class);

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			SecurityLogIT.this.lines.add(String.valueOf(event.getKeyValuePairs()));
		}

	};

	@BeforeEach
	void start() {
		this.app.signUp(this.name);
		this.appender.start();
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void stop() {
		this.logger.setLevel(null);
		this.logger.detachAppender(this.appender);
	}

	@Test
	void signInsHaveALineWithWhoAndFromWhere() {
		this.app.browser()
			.with("X-Forwarded-For", "198.51.100.7")
			.post("/login", "username", this.name, "password", App.PASSWORD);
		this.app.browser().post("/login", "username", this.name, "password", "wrong one");
		this.app.browser().post("/login/webauthn", "credential", "x", "challenge", "y");
		assertThat(this.lines).hasSize(3);
		assertThat(this.lines.get(0)).contains("event.action=\"signed-in\"", "user.name=\"" + this.name + "\"",
				"source.ip=\"198.51.100.7\"");
		assertThat(this.lines.get(1)).contains("event.action=\"wrong-password\"", "user.name=\"" + this.name + "\"");
		assertThat(this.lines.get(2)).contains("event.action=\"passkey-refused\"").doesNotContain("user.name");
	}

	@Test
	void aPasswordInTheWrongFieldIsNotLogged() {
		this.app.browser().post("/login", "username", App.PASSWORD, "password", this.name);
		assertThat(this.lines).hasSize(1).noneMatch((line) -> line.contains(App.PASSWORD));
	}

}

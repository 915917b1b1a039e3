package dev.actionlog.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * What is logged as a warning or an error while a test looks at it.
 */
public final class ServerLog implements AutoCloseable {

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Level level = this.root.getLevel();

	private final List<String> entries = new CopyOnWriteArrayList<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			ServerLog.this.entries
				.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
		}

	};

	/**
	 * Begins to look at the log.
	 */
	public ServerLog() {
		this.appender.start();
		this.root.addAppender(this.appender);
		this.root.setLevel(Level.WARN);
	}

	/**
	 * What was logged.
	 * @return the messages with their stack traces
	 */
	public List<String> entries() {
		return List.copyOf(this.entries);
	}

	@Override
	public void close() {
		this.root.setLevel(this.level);
		this.root.detachAppender(this.appender);
	}

}

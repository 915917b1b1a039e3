package dev.actionlog.app.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Note in the session that the password was entered in the last 15 minutes.
 */
@Component
class PasswordEntry {

	private static final Duration VALIDITY = Duration.ofMinutes(15);

	private static final String ENTERED_AT = PasswordEntry.class.getName() + ".enteredAt";

	private final Clock clock;

	PasswordEntry(ObjectProvider<Clock> clock) {
		this.clock = clock.getIfUnique(Clock::systemUTC);
	}

	void entered(HttpServletRequest request) {
		request.getSession().setAttribute(ENTERED_AT, this.clock.instant());
	}

	boolean isRecent(HttpServletRequest request) {
		return request.getSession().getAttribute(ENTERED_AT) instanceof Instant enteredAt
				&& enteredAt.plus(VALIDITY).isAfter(this.clock.instant());
	}

}

package dev.actionlog.app.security;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;

import dev.actionlog.app.device.Devices;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The devices of users whose sign-ins need no answer: the first of each account, and
 * those that the owner confirmed. One that nobody signed in with for {@code 400} days is
 * forgotten. They are apart from the security events, because those are pushed out by
 * newer ones.
 */
@Component
class KnownDevices {

	private final JdbcClient jdbc;

	private final Clock clock;

	KnownDevices(JdbcClient jdbc, ObjectProvider<Clock> clock) {
		this.jdbc = jdbc;
		this.clock = clock.getIfUnique(Clock::systemUTC);
	}

	/**
	 * The ids of a user's known devices.
	 */
	Set<String> of(String username) {
		return Set.copyOf(this.jdbc.sql("select device from known_device where username = ? and used_at >= ?")
			.params(username, now().minus(Devices.COOKIE_LIFETIME))
			.query((row, number) -> row.getString("device"))
			.list());
	}

	/**
	 * Notes that a device is known, and was used now.
	 */
	void add(String username, String device) {
		this.jdbc.sql("delete from known_device where used_at < ?")
			.param(now().minus(Devices.COOKIE_LIFETIME))
			.update();
		int before = this.jdbc.sql("update known_device set used_at = ? where username = ? and device = ?")
			.params(now(), username, device)
			.update();
		if (before == 0) {
			insert(username, device);
		}
	}

	private void insert(String username, String device) {
		try {
			this.jdbc.sql("insert into known_device (username, device, used_at) values (?, ?, ?)")
				.params(username, device, now())
				.update();
		}
		catch (DuplicateKeyException ex) {
			// a parallel request, such as that of a second click, was faster
		}
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

}

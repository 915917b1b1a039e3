package dev.actionlog.app.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.actionlog.app.device.Device;
import dev.actionlog.app.device.Devices;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;

/**
 * The security events of accounts: the newest {@code 50} sign-ins and sign-outs of each,
 * as many of what is rarer, and those sign-ins that wait for an answer, for {@code 90}
 * days. Each is also a line of the log, with its parts as key-value pairs, which Spring
 * Boot writes in the form of a structured log where one is set.
 * <p>
 * The device is that of the current request, so events are recorded in requests only.
 */
@Component
public class SecurityEvents {

	private static final Logger logger = LoggerFactory.getLogger(SecurityEvents.class);

	private static final String MESSAGE = "Security event";

	private static final int MAX_EVENTS = 50;

	private static final Duration RETENTION = Duration.ofDays(90);

	/** No name of a user, which cannot have spaces. */
	private static final String NOBODY = "no such user";

	private static final String COLUMNS = "id, type, recorded_at, times, device, browser, system, network";

	/**
	 * Each kind has its own limit, so that none is pushed out by what happens more often.
	 */
	private static final String KIND = "case when answer = 'waiting' then 'waiting'"
			+ " when type in ('SIGNED_IN', 'SIGNED_OUT') then 'session' else 'other' end";

	private final JdbcClient jdbc;

	private final Devices devices;

	private final KnownDevices knownDevices;

	private final HttpServletRequest request;

	private final Clock clock;

	SecurityEvents(JdbcClient jdbc, Devices devices, KnownDevices knownDevices, HttpServletRequest request,
			ObjectProvider<Clock> clock) {
		this.jdbc = jdbc;
		this.devices = devices;
		this.knownDevices = knownDevices;
		this.request = request;
		this.clock = clock.getIfUnique(Clock::systemUTC);
	}

	/**
	 * Records that something happened to an account.
	 * @param username the owner's name
	 * @param type what happened
	 */
	public void record(String username, SecurityEventType type) {
		Device device = this.devices.of(this.request);
		insert(username, type, device, null);
		log(username, type, device);
	}

	/**
	 * Records a sign-in. It waits for the owner's answer unless the device is known, as
	 * the first is.
	 * @param username the owner's name
	 * @param response gets the cookie of the device
	 * @return what the session is to remember
	 * @throws ConcurrencyFailureException if the account has just been deleted
	 */
	public SessionStart signedIn(String username, HttpServletResponse response) {
		Device device = this.devices.remember(this.request, response);
		try {
			Set<String> knownDevices = knownDevices(username);
			boolean known = knownDevices.isEmpty() || knownDevices.contains(device.id());
			if (known) {
				this.knownDevices.add(username, device.id());
			}
			long event = insert(username, SecurityEventType.SIGNED_IN, device, known ? "known" : "waiting");
			log(username, SecurityEventType.SIGNED_IN, device);
			return new SessionStart(event, username, device);
		}
		catch (DataIntegrityViolationException ex) {
			throw new ConcurrencyFailureException("The account has been deleted", ex);
		}
	}

	/**
	 * The devices whose sign-ins need no answer.
	 * @param username the owner's name
	 * @return the ids of the devices that were used in the last {@code 400} days
	 */
	public Set<String> knownDevices(String username) {
		return this.knownDevices.of(username);
	}

	/**
	 * Records that a password or a recovery code was wrong, if there is such an account.
	 * Where that fails, it is only logged: the attempt has its answer already.
	 * @param username the name that was typed, of any length
	 */
	public void wrongPassword(String username) {
		Device device = this.devices.of(this.request);
		try {
			// what is no user's name may be a password in the wrong field
			boolean exists = exists(username);
			log(exists ? username : NOBODY, SecurityEventType.WRONG_PASSWORD, device);
			if (exists && !countWithTheLast(username, device)) {
				insert(username, SecurityEventType.WRONG_PASSWORD, device, null);
			}
		}
		catch (DataAccessException ex) {
			logger.warn("A wrong password is not among the security events of its account", ex);
		}
	}

	/**
	 * Notes in the log that somebody was not signed in with a passkey, of whatever user.
	 */
	public void passkeyRefused() {
		event("passkey-refused").log(MESSAGE);
	}

	private boolean exists(String username) {
		return this.jdbc.sql("select count(*) from account where username = ?")
			.param(username)
			.query(Integer.class)
			.single() > 0;
	}

	private boolean countWithTheLast(String username, Device device) {
		return this.jdbc.sql("""
				update security_event set times = times + 1, recorded_at = ?, browser = ?, system = ?, network = ?
				where id = (select max(id) from security_event where username = ?) and type = 'WRONG_PASSWORD'
				""").params(now(), device.browser(), device.system(), device.network(), username).update() > 0;
	}

	private long insert(String username, SecurityEventType type, Device device, @Nullable String answer) {
		KeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				insert into security_event
					(username, type, recorded_at, times, device, browser, system, network, answer)
				values (?, ?, ?, 1, ?, ?, ?, ?, ?)
				""")
			.params(username, type.name(), now(), device.id(), device.browser(), device.system(), device.network())
			.param(answer)
			.update(key, "id");
		this.jdbc.sql("""
				delete from security_event where id in (
					select id from (select id, row_number() over (partition by %s order by id desc) as place
						from security_event where username = ?) as numbered
					where place > ?)
				""".formatted(KIND)).params(username, MAX_EVENTS).update();
		this.jdbc.sql("delete from security_event where recorded_at < ?").param(oldest()).update();
		return Objects.requireNonNull(key.getKeyAs(Number.class)).longValue();
	}

	/**
	 * The events of an account.
	 * @param username the owner's name
	 * @return of the last {@code 90} days at most {@code 50} sign-ins that wait for an
	 * answer, as many other sign-ins and sign-outs, and as many other events, the newest
	 * first
	 */
	public List<SecurityEvent> newest(String username) {
		return this.jdbc
			.sql("select " + COLUMNS + " from security_event where username = ? and recorded_at >= ? order by id desc")
			.params(username, oldest())
			.query(SecurityEvents::event)
			.list();
	}

	/**
	 * The newest sign-ins of an account.
	 * @param username the owner's name
	 * @param count at most so many
	 * @return the sign-ins of the last {@code 90} days, the newest first
	 */
	public List<SecurityEvent> newestSignIns(String username, int count) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from security_event where username = ? and recorded_at >= ? and type = 'SIGNED_IN'
				order by id desc limit ?
				""").params(username, oldest(), count).query(SecurityEvents::event).list();
	}

	/**
	 * The newest sign-in that waits for the owner to say whether it was theirs. Only a
	 * device that is known is asked: new ones would answer for each other.
	 * @param username the owner's name
	 * @param asker how the session began that would answer
	 * @return the sign-in, or empty if there is none
	 */
	public Optional<SecurityEvent> waiting(String username, SessionStart asker) {
		if (!knownDevices(username).contains(asker.device().id())) {
			return Optional.empty();
		}
		return this.jdbc.sql("select " + COLUMNS + """
				 from security_event where username = ? and recorded_at >= ? and answer = 'waiting'
				order by id desc limit 1
				""").params(username, oldest()).query(SecurityEvents::event).optional();
	}

	/**
	 * Notes that the sign-ins with a device were the owner's: it is known from now on.
	 * @param username the owner's name
	 * @param device the id of the device
	 */
	public void confirm(String username, String device) {
		this.jdbc
			.sql("update security_event set answer = 'known' where username = ? and device = ? and answer = 'waiting'")
			.params(username, device)
			.update();
		this.knownDevices.add(username, device);
	}

	/**
	 * Notes that a sign-in was not the owner's, and neither were those with other devices
	 * that wait.
	 * @param username the owner's name
	 */
	public void refuse(String username) {
		this.jdbc.sql("update security_event set answer = 'refused' where username = ? and answer = 'waiting'")
			.param(username)
			.update();
	}

	private void log(String username, SecurityEventType type, Device device) {
		event(type.dashed()).addKeyValue("user.name", username)
			.addKeyValue("user_agent.name", device.browser())
			.log(MESSAGE);
	}

	private LoggingEventBuilder event(String action) {
		return logger.atInfo()
			.addKeyValue("event.kind", "event")
			.addKeyValue("event.action", action)
			.addKeyValue("source.ip", this.request.getRemoteAddr());
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

	private OffsetDateTime oldest() {
		return now().minus(RETENTION);
	}

	private static SecurityEvent event(ResultSet row, int number) throws SQLException {
		Instant recordedAt = row.getObject("recorded_at", OffsetDateTime.class).toInstant();
		return new SecurityEvent(row.getLong("id"), SecurityEventType.valueOf(row.getString("type")), recordedAt,
				row.getInt("times"), new Device(row.getString("device"), row.getString("browser"),
						row.getString("system"), row.getString("network")));
	}

}

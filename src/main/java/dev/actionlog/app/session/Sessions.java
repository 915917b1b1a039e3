package dev.actionlog.app.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.actionlog.app.security.SessionStart;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * The open sessions of the users. A session is told from the others by its sign-in, never
 * by its id, which lets in whoever knows it.
 */
@Component
public class Sessions {

	/** How long the session of a signed-in user lasts without a request. */
	public static final Duration IDLE_TIME = Duration.ofHours(24);

	/** More than anybody has devices. */
	private static final int MAX_SESSIONS = 50;

	private final FindByIndexNameSessionRepository<? extends Session> sessions;

	private final JdbcClient jdbc;

	Sessions(FindByIndexNameSessionRepository<? extends Session> sessions, JdbcClient jdbc) {
		this.sessions = sessions;
		this.jdbc = jdbc;
	}

	/**
	 * The sessions of a user, the one that was used last first.
	 * @param username the user's name
	 * @return the sessions
	 */
	public List<OpenSession> of(String username) {
		return this.sessions.findByPrincipalName(username)
			.values()
			.stream()
			.flatMap((session) -> Stream.ofNullable(start(session))
				.map((start) -> new OpenSession(start, session.getCreationTime(), session.getLastAccessedTime())))
			.sorted(Comparator.comparing(OpenSession::lastUsedAt).reversed())
			.toList();
	}

	/**
	 * Ends sessions of a user. Requests of theirs that are under way are finished.
	 * @param username the user's name
	 * @param which the sessions to end, by how they began
	 * @return how many have ended
	 */
	public int end(String username, Predicate<SessionStart> which) {
		int ended = 0;
		for (Session session : this.sessions.findByPrincipalName(username).values()) {
			SessionStart start = start(session);
			if (start == null || which.test(start)) {
				this.sessions.deleteById(session.getId());
				ended++;
			}
		}
		return ended;
	}

	/**
	 * Ends the sessions of a user that were used least recently, where there are more
	 * than {@value #MAX_SESSIONS}, not counting one that is not stored yet.
	 * @param username the user's name
	 */
	public void endOldest(String username) {
		this.jdbc.sql("""
				delete from spring_session where principal_name = :username and primary_id not in (
					select primary_id from spring_session where principal_name = :username
					order by last_access_time desc fetch first :max rows only)
				""").param("username", username).param("max", MAX_SESSIONS).update();
	}

	private static @Nullable SessionStart start(Session session) {
		return session.getAttribute(SessionStart.ATTRIBUTE);
	}

	/**
	 * An open session.
	 *
	 * @param start how it began
	 * @param openedAt when it was opened
	 * @param lastUsedAt when it was used last, to the minute
	 */
	public record OpenSession(SessionStart start, Instant openedAt, Instant lastUsedAt) {

	}

}

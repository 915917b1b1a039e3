package dev.actionlog.app.session;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.actionlog.app.security.SessionStart;
import org.jspecify.annotations.Nullable;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * The open sessions of the users. A session is told from the others by its sign-in, never
 * by its id, which lets in whoever knows it.
 */
@Component
public class Sessions {

	private final FindByIndexNameSessionRepository<? extends Session> sessions;

	Sessions(FindByIndexNameSessionRepository<? extends Session> sessions) {
		this.sessions = sessions;
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

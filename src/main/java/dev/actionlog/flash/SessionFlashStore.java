package dev.actionlog.flash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * The messages of an anonymous visitor: one immutable list in the HTTP session, replaced
 * as a whole because a session store may save only what is set anew.
 */
final class SessionFlashStore {

	private static final String ATTRIBUTE = SessionFlashStore.class.getName();

	private SessionFlashStore() {
	}

	/**
	 * Adds messages, and drops what has expired or is beyond the bound.
	 */
	static void add(HttpServletRequest request, List<Pending> messages, Instant now, int maximum,
			FlashMetrics metrics) {
		List<Pending> before = replace(request.getSession(),
				(waiting) -> bounded(concat(unexpired(waiting, now), messages), maximum));
		int unexpired = unexpired(before, now).size();
		metrics.count("expired", before.size() - unexpired);
		metrics.count("dropped", Math.max(0, unexpired + messages.size() - maximum));
	}

	static List<Pending> unexpired(List<Pending> messages, Instant now) {
		return messages.stream().filter((message) -> message.expiresAt().isAfter(now)).toList();
	}

	/**
	 * Puts back, in front, what a page could not show.
	 */
	static void putBack(HttpServletRequest request, List<Pending> messages) {
		if (!messages.isEmpty()) {
			replace(request.getSession(), (waiting) -> concat(messages, waiting));
		}
	}

	static List<Pending> peek(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null) ? list(session) : List.of();
	}

	static List<Pending> take(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null && !list(session).isEmpty()) ? replace(session, (waiting) -> List.of()) : List.of();
	}

	/**
	 * Replaces the list, and returns the old one.
	 */
	private static List<Pending> replace(HttpSession session, UnaryOperator<List<Pending>> change) {
		synchronized (WebUtils.getSessionMutex(session)) {
			List<Pending> old = list(session);
			List<Pending> changed = change.apply(old);
			session.setAttribute(ATTRIBUTE, changed.isEmpty() ? null : changed);
			return old;
		}
	}

	@SuppressWarnings("unchecked")
	private static List<Pending> list(HttpSession session) {
		@Nullable Object list = session.getAttribute(ATTRIBUTE);
		return (list != null) ? (List<Pending>) list : List.of();
	}

	private static List<Pending> concat(List<Pending> first, List<Pending> second) {
		List<Pending> all = new ArrayList<>(first);
		all.addAll(second);
		return List.copyOf(all);
	}

	/**
	 * Without what is beyond the bound: the lowest level first, then the oldest.
	 */
	private static List<Pending> bounded(List<Pending> messages, int maximum) {
		List<Pending> kept = new ArrayList<>(messages);
		while (kept.size() > maximum) {
			kept.remove(kept.stream().min((a, b) -> a.level().compareTo(b.level())).orElseThrow());
		}
		return List.copyOf(kept);
	}

}

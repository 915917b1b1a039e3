package dev.actionlog.flash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * The messages of an anonymous visitor: one immutable list in the HTTP session, replaced
 * as a whole because a session store may save only what is set anew. When the visitor has
 * signed in, {@link UserFlashStorage#adopt} takes them over at the next call.
 */
class SessionFlashStorage implements FlashStorage {

	static final String ATTRIBUTE = SessionFlashStorage.class.getName();

	private final HttpServletRequest request;

	private final FlashPolicy policy;

	SessionFlashStorage(HttpServletRequest request, FlashPolicy policy) {
		this.request = request;
		this.policy = policy;
	}

	@Override
	public void add(FlashMessage message) {
		List<FlashMessage> before = replace((waiting) -> bounded(concat(unexpired(waiting), List.of(message))));
		int unexpired = unexpired(before).size();
		this.policy.count("sent", 1);
		this.policy.count("expired", before.size() - unexpired);
		this.policy.count("dropped", unexpired + 1 - this.policy.maxPending());
	}

	/**
	 * Puts back, in front, what could not be shown or stored.
	 */
	void putBack(List<FlashMessage> messages) {
		if (!messages.isEmpty()) {
			replace((waiting) -> concat(messages, waiting));
		}
	}

	boolean isEmpty() {
		return waiting().isEmpty();
	}

	/**
	 * Takes the messages out of the session.
	 */
	List<FlashMessage> take() {
		return isEmpty() ? List.of() : replace((waiting) -> List.of());
	}

	@Override
	public List<FlashMessage> peek() {
		return unexpired(waiting());
	}

	@Override
	public FlashClaim claim() {
		List<FlashMessage> taken = take();
		List<FlashMessage> messages = unexpired(taken);
		this.policy.count("expired", taken.size() - messages.size());
		return new FlashClaim() {

			@Override
			public List<FlashMessage> messages() {
				return messages;
			}

			@Override
			public void acknowledge(Predicate<FlashMessage> kept) {
				List<FlashMessage> again = messages.stream().filter(kept).toList();
				putBack(again);
				SessionFlashStorage.this.policy.count("shown", messages.size() - again.size());
			}

			@Override
			public void release() {
				putBack(messages);
			}

			@Override
			public void delete() {
				// they are in the session no more
			}

		};
	}

	@Override
	public void clear() {
		take();
	}

	private List<FlashMessage> waiting() {
		HttpSession session = this.request.getSession(false);
		return (session != null) ? list(session) : List.of();
	}

	/**
	 * Replaces the list, and returns the old one.
	 */
	private List<FlashMessage> replace(UnaryOperator<List<FlashMessage>> change) {
		HttpSession session = this.request.getSession();
		synchronized (WebUtils.getSessionMutex(session)) {
			List<FlashMessage> old = list(session);
			List<FlashMessage> changed = change.apply(old);
			session.setAttribute(ATTRIBUTE, changed.isEmpty() ? null : changed);
			return old;
		}
	}

	@SuppressWarnings("unchecked")
	private static List<FlashMessage> list(HttpSession session) {
		@Nullable Object list = session.getAttribute(ATTRIBUTE);
		return (list != null) ? (List<FlashMessage>) list : List.of();
	}

	private List<FlashMessage> unexpired(List<FlashMessage> messages) {
		return messages.stream().filter((message) -> message.expiresAt().isAfter(this.policy.now())).toList();
	}

	private static List<FlashMessage> concat(List<FlashMessage> first, List<FlashMessage> second) {
		List<FlashMessage> all = new ArrayList<>(first);
		all.addAll(second);
		return List.copyOf(all);
	}

	/**
	 * Without what is beyond the bound: the lowest level first, then the oldest.
	 */
	private List<FlashMessage> bounded(List<FlashMessage> messages) {
		List<FlashMessage> kept = new ArrayList<>(messages);
		while (kept.size() > this.policy.maxPending()) {
			kept.remove(kept.stream().min(Comparator.comparing(FlashMessage::level)).orElseThrow());
		}
		return List.copyOf(kept);
	}

}

package dev.actionlog.flash;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.web.util.WebUtils;

/**
 * The messages of an anonymous visitor: each is an attribute of its own in the HTTP
 * session, as a list of strings (see {@link StoredMessage}). A session that lies in a
 * database is loaded by each request, which saves only the attributes that it has set; a
 * list of all messages would lose what a parallel request has added to it. An attribute
 * that cannot be read is removed, and never an error.
 * <p>
 * The name of an attribute is the key of the message, which sorts in the order of adding,
 * and the number of the copy. Two requests whose pages fail can put back the same
 * message, and could not both insert an attribute of the same name; of copies one counts.
 * <p>
 * When the visitor has signed in, {@link UserFlashStorage#adopt} takes the messages over
 * at the next call.
 */
class SessionFlashStorage implements FlashStorage {

	static final String PREFIX = SessionFlashStorage.class.getName() + ".";

	private static final char COPY = '.';

	/** Tells the keys that this process gives from those of another. */
	private static final String PROCESS = UUID.randomUUID().toString();

	private static final AtomicLong lastNumber = new AtomicLong();

	private static final Log logger = LogFactory.getLog(SessionFlashStorage.class);

	/** Whether it was said that a message could not be read. */
	private static final AtomicBoolean warned = new AtomicBoolean();

	private final HttpServletRequest request;

	private final FlashPolicy policy;

	SessionFlashStorage(HttpServletRequest request, FlashPolicy policy) {
		this.request = request;
		this.policy = policy;
	}

	@Override
	public void add(FlashMessage message) {
		HttpSession session = this.request.getSession();
		synchronized (WebUtils.getSessionMutex(session)) {
			if (message.key() != null) {
				remove(session,
						waiting(session).entrySet()
							.stream()
							.filter((entry) -> message.key().equals(entry.getValue().key()))
							.map(Map.Entry::getKey)
							.toList());
			}
			put(session, key(message), message);
			SortedMap<String, FlashMessage> waiting = waiting(session);
			List<String> expired = waiting.entrySet()
				.stream()
				.filter((entry) -> isExpired(entry.getValue()))
				.map(Map.Entry::getKey)
				.toList();
			remove(session, expired);
			waiting.keySet().removeAll(expired);
			List<String> surplus = surplus(waiting);
			remove(session, surplus);
			this.policy.count("sent", 1);
			this.policy.count("expired", expired.size());
			this.policy.count("dropped", surplus.size());
		}
	}

	/**
	 * Puts messages back that could not be shown or stored, each in its old place.
	 * @param messages the messages by their keys
	 */
	void putBack(Map<String, FlashMessage> messages) {
		if (!messages.isEmpty()) {
			HttpSession session = this.request.getSession();
			messages.forEach((key, message) -> put(session, key, message));
		}
	}

	/**
	 * Takes the messages out of the session.
	 * @return the messages by their keys, in the order of adding
	 */
	SortedMap<String, FlashMessage> take() {
		HttpSession session = this.request.getSession(false);
		if (session == null) {
			return new TreeMap<>();
		}
		synchronized (WebUtils.getSessionMutex(session)) {
			SortedMap<String, FlashMessage> messages = waiting(session);
			remove(session, messages.keySet());
			return messages;
		}
	}

	@Override
	public List<FlashMessage> peek() {
		return unexpired(waiting());
	}

	@Override
	public FlashClaim claim() {
		SortedMap<String, FlashMessage> taken = take();
		List<FlashMessage> messages = unexpired(taken);
		this.policy.count("expired", taken.size() - messages.size());
		taken.values().removeIf(this::isExpired);
		return new FlashClaim() {

			@Override
			public List<FlashMessage> messages() {
				return messages;
			}

			@Override
			public void acknowledge(Predicate<FlashMessage> kept) {
				taken.values().removeIf(kept.negate());
				putBack(taken);
				SessionFlashStorage.this.policy.count("shown", messages.size() - taken.size());
			}

			@Override
			public void release() {
				putBack(taken);
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

	private SortedMap<String, FlashMessage> waiting() {
		HttpSession session = this.request.getSession(false);
		return (session != null) ? waiting(session) : Collections.emptySortedMap();
	}

	private SortedMap<String, FlashMessage> waiting(HttpSession session) {
		SortedMap<String, FlashMessage> waiting = new TreeMap<>();
		for (String name : names(session)) {
			try {
				Object stored = session.getAttribute(name);
				// a parallel request may have removed it by now
				if (stored != null) {
					waiting.put(key(name), StoredMessage.read(stored, this.policy));
				}
			}
			catch (IllegalStateException ex) {
				// a parallel request has ended the session
				return waiting;
			}
			// also what a store of sessions throws where it cannot read the attribute
			catch (RuntimeException ex) {
				drop(session, name, ex);
			}
		}
		return waiting;
	}

	/**
	 * Removes an attribute that is no message. What it holds may be anybody's, so the log
	 * does not repeat it.
	 */
	private static void drop(HttpSession session, String name, RuntimeException failure) {
		if (warned.compareAndSet(false, true)) {
			logger.warn("A flash message in an HTTP session could not be read and is dropped ("
					+ failure.getClass().getName() + "). Further ones are dropped without a warning.");
		}
		try {
			session.removeAttribute(name);
		}
		catch (RuntimeException ex) {
			// Spring Session reads what it removes; it stays, and is never shown
			logger.debug("An attribute of a session could not be removed", ex);
		}
	}

	private static void remove(HttpSession session, Collection<String> keys) {
		Set<String> gone = Set.copyOf(keys);
		names(session).stream().filter((name) -> gone.contains(key(name))).forEach(session::removeAttribute);
	}

	private static void put(HttpSession session, String key, FlashMessage message) {
		session.setAttribute(PREFIX + key + COPY + UUID.randomUUID(), StoredMessage.of(message));
	}

	private static List<String> names(HttpSession session) {
		return Collections.list(session.getAttributeNames())
			.stream()
			.filter((name) -> name.startsWith(PREFIX))
			.toList();
	}

	private static String key(String name) {
		// the prefix ends with a dot, too
		return name.substring(PREFIX.length(), Math.max(PREFIX.length(), name.lastIndexOf(COPY)));
	}

	private List<FlashMessage> unexpired(SortedMap<String, FlashMessage> messages) {
		return messages.values().stream().filter((message) -> !isExpired(message)).toList();
	}

	private boolean isExpired(FlashMessage message) {
		return !message.expiresAt().isAfter(this.policy.now());
	}

	/**
	 * What is beyond the bound: the lowest level first, then the oldest.
	 */
	private List<String> surplus(SortedMap<String, FlashMessage> messages) {
		return messages.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.comparing(FlashMessage::level)))
			.limit(Math.max(messages.size() - this.policy.maxPending(), 0))
			.map(Map.Entry::getKey)
			.toList();
	}

	/**
	 * The key of a new message: the microsecond, or the next that this process has not
	 * used.
	 */
	private static String key(FlashMessage message) {
		long sentAt = ChronoUnit.MICROS.between(Instant.EPOCH, message.sentAt());
		return "%016x-%s".formatted(lastNumber.updateAndGet((last) -> Math.max(last + 1, sentAt)), PROCESS);
	}

}

package dev.actionlog.flash;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.actionlog.profile.CurrentUser;
import dev.actionlog.text.Text;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The messages of the current visitor, for controllers and templates.
 * <p>
 * {@link #success} and its like leave a message for the next page that shows messages,
 * after a redirect or in this same response. For a signed-in user it is written in the
 * caller's transaction, or in one of its own where there is none; for an anonymous
 * visitor into the HTTP session.
 * <p>
 * <em>Iterating</em> is what consumes: a finished HTML page that is no redirect and
 * iterated the messages has shown them, and they are gone. A page that fails, a
 * {@code HEAD} request, a prefetch and the error page that a browser gets in place of a
 * picture consume nothing. For responses of other types there is {@link #take()}.
 * <p>
 * Without a servlet request in this thread every method throws an
 * {@link IllegalStateException}; there, use {@link FlashSender}.
 */
public class FlashMessages implements Iterable<FlashMessage> {

	private static final String ANONYMOUS = "";

	/** What a page or a part of one is fetched for; "empty" is a script's request. */
	private static final Set<String> SEEN_DESTINATIONS = Set.of("document", "iframe", "frame", "empty");

	private final FlashStore store;

	private final CurrentUser currentUser;

	private final FlashProperties properties;

	private final FlashMetrics metrics;

	private final Clock clock;

	FlashMessages(FlashStore store, CurrentUser currentUser, FlashProperties properties, FlashMetrics metrics,
			Clock clock) {
		this.store = store;
		this.currentUser = currentUser;
		this.properties = properties;
		this.metrics = metrics;
		this.clock = clock;
	}

	/**
	 * Adds a message of the level {@link FlashLevel#DEBUG}.
	 * @param message a message code, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @return {@code false} if the level is below the threshold, so that nothing was
	 * stored
	 */
	public boolean debug(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.DEBUG, message, args);
	}

	/**
	 * Adds a message of the level {@link FlashLevel#INFO}.
	 * @param message a message code, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @return {@code false} if the level is below the threshold, so that nothing was
	 * stored
	 */
	public boolean info(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.INFO, message, args);
	}

	/**
	 * Adds a message of the level {@link FlashLevel#SUCCESS}.
	 * @param message a message code, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @return {@code false} if the level is below the threshold, so that nothing was
	 * stored
	 */
	public boolean success(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.SUCCESS, message, args);
	}

	/**
	 * Adds a message of the level {@link FlashLevel#WARNING}.
	 * @param message a message code, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @return {@code false} if the level is below the threshold, so that nothing was
	 * stored
	 */
	public boolean warning(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.WARNING, message, args);
	}

	/**
	 * Adds a message of the level {@link FlashLevel#ERROR}.
	 * @param message a message code, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @return {@code false} if the level is below the threshold, so that nothing was
	 * stored
	 */
	public boolean error(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.ERROR, message, args);
	}

	/**
	 * Adds a message.
	 * @param level how important it is
	 * @param message a message code, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @return {@code false} if the level is below the threshold, so that nothing was
	 * stored
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 */
	public boolean add(FlashLevel level, String message, @Nullable Object @Nullable ... args) {
		return add(FlashDraft.of(level, message, args));
	}

	/**
	 * Adds a message.
	 * @param level how important it is
	 * @param text what it says
	 * @return {@code false} if the level is below the threshold, so that nothing was
	 * stored
	 */
	public boolean add(FlashLevel level, Text text) {
		return add(FlashDraft.of(level, text));
	}

	/**
	 * Adds a message.
	 * @param draft the message
	 * @return {@code false} if its level is below the threshold, so that nothing was
	 * stored
	 */
	public boolean add(FlashDraft draft) {
		HttpServletRequest request = request();
		FlashLevel minLevel = FlashExchange.of(request).getMinLevel();
		if (draft.level().compareTo((minLevel != null) ? minLevel : this.properties.minLevel()) < 0) {
			return false;
		}
		Instant now = this.clock.instant();
		List<Pending> messages = List.of(Pending.of(draft, now, this.properties.expiry()));
		String visitor = visitor();
		if (visitor.equals(ANONYMOUS)) {
			SessionFlashStore.add(request, messages, now, this.properties.maxPending(), this.metrics);
		}
		else {
			store(request, visitor, messages);
		}
		this.metrics.count("sent", 1);
		return true;
	}

	/**
	 * Sets the threshold for the rest of this request. Messages that were added before
	 * stay.
	 * @param minLevel the lowest level that is kept, or {@code null} to go back to
	 * {@code actionlog.flash.min-level}
	 */
	public void setLevel(@Nullable FlashLevel minLevel) {
		FlashExchange.of(request()).setMinLevel(minLevel);
	}

	/**
	 * Shows the messages, in the order of adding, and so consumes them. In one request it
	 * is the same messages each time; what is added in between is for the next.
	 */
	@Override
	public Iterator<FlashMessage> iterator() {
		return claim().iterator();
	}

	/**
	 * Hands the messages out for a response of any type, JSON for example. They are gone
	 * when the response has succeeded (with a status below 300), and wait again when it
	 * has not.
	 * @return the messages in the order of adding, unmodifiable
	 */
	public List<FlashMessage> take() {
		FlashExchange.of(request()).take();
		return claim();
	}

	/**
	 * The messages that wait, without consuming them.
	 * @return the messages in the order of adding, unmodifiable
	 */
	public List<FlashMessage> peek() {
		HttpServletRequest request = request();
		String visitor = visitor();
		if (visitor.equals(ANONYMOUS)) {
			return SessionFlashStore.unexpired(SessionFlashStore.peek(request), this.clock.instant())
				.stream()
				.map(this::message)
				.toList();
		}
		adopt(request, visitor);
		return this.store.peek(visitor);
	}

	/**
	 * How many messages iterating gives. Consumes nothing.
	 * @return their number
	 */
	public int size() {
		return visible().size();
	}

	/**
	 * Whether iterating gives no message. Consumes nothing.
	 * @return {@code true} if there is none
	 */
	public boolean isEmpty() {
		return visible().isEmpty();
	}

	/**
	 * Whether iterating gives a message of a level. Consumes nothing.
	 * @param level the level
	 * @return {@code true} if there is one
	 */
	public boolean contains(FlashLevel level) {
		return visible().stream().anyMatch((message) -> message.level().equals(level));
	}

	/**
	 * Keeps what this request shows for the next page too.
	 */
	public void keep() {
		keep((message) -> true);
	}

	/**
	 * Keeps some of what this request shows for the next page too.
	 * @param which tells them from the others
	 */
	public void keep(Predicate<FlashMessage> which) {
		FlashExchange.of(request()).keep(which);
	}

	/**
	 * Deletes the current visitor's messages: none is shown, now or later.
	 */
	public void clear() {
		HttpServletRequest request = request();
		String visitor = visitor();
		if (!visitor.equals(ANONYMOUS)) {
			this.store.clear(visitor);
		}
		SessionFlashStore.take(request);
		FlashExchange.of(request).clear(visitor);
	}

	/**
	 * Whether the fragment has come in this page before. Asked this way round, a mock in
	 * an application's test says what shows it.
	 */
	boolean isRepeatedFragment() {
		return !FlashExchange.of(request()).isFirstFragment();
	}

	private List<FlashMessage> visible() {
		FlashClaim claim = FlashExchange.of(request()).getClaim(visitor());
		return (claim != null) ? claim.messages() : peek();
	}

	private List<FlashMessage> claim() {
		HttpServletRequest request = request();
		if (HttpMethod.HEAD.matches(request.getMethod()) || isPrefetch(request) || isPartOfPage(request)) {
			return peek();
		}
		return FlashExchange.of(request).claim(visitor(), (visitor) -> {
			if (visitor.equals(ANONYMOUS)) {
				return new SessionClaim(request);
			}
			adopt(request, visitor);
			return new RowClaim(this.store.claim(visitor));
		}).messages();
	}

	private static boolean isPrefetch(HttpServletRequest request) {
		return Stream.of("Sec-Purpose", "Purpose", "X-Moz")
			.map(request::getHeader)
			.anyMatch((purpose) -> purpose != null && purpose.toLowerCase(Locale.ROOT).startsWith("prefetch"));
	}

	/**
	 * Whether a browser wants a picture, a script or the like: the error page that it
	 * gets where there is none is seen by nobody.
	 */
	private static boolean isPartOfPage(HttpServletRequest request) {
		String destination = request.getHeader("Sec-Fetch-Dest");
		return destination != null && !SEEN_DESTINATIONS.contains(destination);
	}

	/**
	 * Makes rows of what the visitor left in the session before signing in.
	 */
	private void adopt(HttpServletRequest request, String username) {
		if (!SessionFlashStore.peek(request).isEmpty()
				&& !TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			store(request, username, List.of());
		}
	}

	private void store(HttpServletRequest request, String username, List<Pending> added) {
		List<Pending> adopted = SessionFlashStore.take(request);
		List<Pending> messages = new ArrayList<>(adopted);
		messages.addAll(added);
		boolean joined = this.store.isInTransaction();
		if (joined && !adopted.isEmpty()) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int status) {
					if (status != STATUS_COMMITTED) {
						SessionFlashStore.putBack(request, adopted);
					}
				}

			});
		}
		try {
			this.store.add(username, messages);
		}
		catch (RuntimeException ex) {
			if (!joined) {
				SessionFlashStore.putBack(request, adopted);
			}
			throw ex;
		}
	}

	private FlashMessage message(Pending pending) {
		return pending.toMessage(this.properties);
	}

	private String visitor() {
		return this.currentUser.username().orElse(ANONYMOUS);
	}

	private static HttpServletRequest request() {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			return attributes.getRequest();
		}
		throw new IllegalStateException("There is no request in this thread, so no current visitor; use FlashSender");
	}

	/**
	 * What a page holds of an anonymous visitor's messages: it has taken them out of the
	 * session.
	 */
	private final class SessionClaim implements FlashClaim {

		private final HttpServletRequest request;

		private final List<Pending> pending;

		private final List<FlashMessage> messages;

		SessionClaim(HttpServletRequest request) {
			this.request = request;
			List<Pending> taken = SessionFlashStore.take(request);
			this.pending = SessionFlashStore.unexpired(taken, FlashMessages.this.clock.instant());
			FlashMessages.this.metrics.count("expired", taken.size() - this.pending.size());
			this.messages = this.pending.stream().map(FlashMessages.this::message).toList();
		}

		@Override
		public List<FlashMessage> messages() {
			return this.messages;
		}

		@Override
		public void acknowledge(Predicate<FlashMessage> kept) {
			List<Pending> again = this.pending.stream().filter((waiting) -> kept.test(message(waiting))).toList();
			SessionFlashStore.putBack(this.request, again);
			FlashMessages.this.metrics.count("shown", this.pending.size() - again.size());
		}

		@Override
		public void release() {
			SessionFlashStore.putBack(this.request, this.pending);
		}

	}

	/**
	 * What a page holds of a user's messages.
	 */
	private final class RowClaim implements FlashClaim {

		private final FlashStore.Claimed claimed;

		RowClaim(FlashStore.Claimed claimed) {
			this.claimed = claimed;
		}

		@Override
		public List<FlashMessage> messages() {
			return this.claimed.messages();
		}

		@Override
		public void acknowledge(Predicate<FlashMessage> kept) {
			List<Long> shown = new ArrayList<>();
			List<Long> again = new ArrayList<>();
			for (int i = 0; i < this.claimed.ids().size(); i++) {
				(kept.test(this.claimed.messages().get(i)) ? again : shown).add(this.claimed.ids().get(i));
			}
			if (!again.isEmpty()) {
				FlashMessages.this.store.release(this.claimed.token(), again);
			}
			if (!shown.isEmpty()) {
				FlashMessages.this.store.acknowledge(this.claimed.token(), shown);
			}
		}

		@Override
		public void release() {
			FlashMessages.this.store.release(this.claimed.token(), this.claimed.ids());
		}

	}

}

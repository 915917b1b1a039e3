package dev.actionlog.flash;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.actionlog.profile.CurrentUser;
import dev.actionlog.text.TextResolver;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The messages of the current visitor, for controllers and templates.
 * <p>
 * {@link #success} and its like leave a message for the next page that shows messages,
 * after a redirect or in this same response. A signed-in user's is a row, written in the
 * caller's transaction where there is one; an anonymous visitor's is in the HTTP session.
 * <p>
 * <em>Iterating</em> is what consumes: a finished HTML page that is no redirect and
 * iterated the messages has shown them, and they are gone. A page that fails gives them
 * back. A {@code HEAD} request, a prefetch, and the error page in place of a picture are
 * shown none. For responses of other types there is {@link #take()}. Functions that take
 * an iterator, such as {@code count()} of Kotlin, consume, too; without consuming you ask
 * {@link #size()}, {@link #isEmpty()}, {@link #contains} and {@link #peek()}.
 * <p>
 * In a caller's transaction the claim of messages is part of it: after a rollback they
 * wait again. To consume in a read-only transaction is an {@link IllegalStateException},
 * and so is any call without a servlet request; there, use {@link FlashSender}.
 */
public class FlashMessages implements FlashWriter, Iterable<FlashMessage> {

	private static final String ANONYMOUS = "";

	private final Function<String, UserFlashStorage> users;

	private final CurrentUser currentUser;

	private final FlashPolicy policy;

	private final Supplier<TextResolver> texts;

	FlashMessages(Function<String, UserFlashStorage> users, CurrentUser currentUser, FlashPolicy policy,
			Supplier<TextResolver> texts) {
		this.users = users;
		this.currentUser = currentUser;
		this.policy = policy;
		this.texts = texts;
	}

	@Override
	public boolean add(FlashDraft draft) {
		Optional<FlashMessage> accepted = this.policy.accept(draft, FlashExchange.of(request()).getMinLevel());
		accepted.ifPresent((message) -> storage(request(), visitor()).add(message));
		return accepted.isPresent();
	}

	/**
	 * Sets the threshold for what is added in the rest of this request.
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
		return list().iterator();
	}

	/**
	 * Shows the messages, as iterating does.
	 * @return the messages in the order of adding, unmodifiable
	 */
	public List<FlashMessage> list() {
		HttpServletRequest request = request();
		String visitor = visitor();
		return FlashExchange.of(request).claim(visitor, () -> storage(request, visitor).claim()).messages();
	}

	/**
	 * Hands the messages out for a response of any type, JSON for example. They are gone
	 * when the response has succeeded (with a status below 300 and a body), and wait
	 * again when it has not.
	 * @return the messages in the order of adding, unmodifiable
	 */
	public List<FlashMessage> take() {
		FlashExchange.of(request()).deliverInAnyType();
		return list();
	}

	/**
	 * Hands the messages out as {@link #take()} does, in the words of the reader. Times
	 * in a text are in the zone of Spring's {@code LocaleContextHolder}.
	 * @param locale the reader's
	 * @return the messages in the order of adding, unmodifiable
	 */
	public List<ShownMessage> take(Locale locale) {
		return take().stream().map((message) -> preview(message, locale)).toList();
	}

	/**
	 * What a page would show of a message that is not sent, whatever its level: for a
	 * preview, which the fragment {@code actionlog/flash :: items} shows.
	 * @param draft the message
	 * @param locale the reader's
	 * @return the message in the words of the reader
	 */
	public ShownMessage preview(FlashDraft draft, Locale locale) {
		return preview(this.policy.message(draft, this.policy.now(), Instant.MAX), locale);
	}

	/**
	 * What a page would show of a message, such as {@link Announcement#messageFor}.
	 * @param message the message
	 * @param locale the reader's
	 * @return the message in the words of the reader
	 */
	public ShownMessage preview(FlashMessage message, Locale locale) {
		String contextPath = request().getContextPath();
		return ShownMessage.of(message, this.texts.get(), locale, (path) -> contextPath + path);
	}

	/**
	 * The messages that wait, without consuming them.
	 * @return the messages in the order of adding, unmodifiable
	 */
	public List<FlashMessage> peek() {
		return storage(request(), visitor()).peek();
	}

	/**
	 * The newest messages that pages have shown to the current user, to be read again: at
	 * most {@code actionlog.flash.keep}. An anonymous visitor has none.
	 * @return the messages, the newest first, unmodifiable; they never expire
	 * ({@link Instant#MAX})
	 */
	public List<FlashMessage> recentMessages() {
		String visitor = visitor();
		return visitor.equals(ANONYMOUS) ? List.of() : this.users.apply(visitor).recent();
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
		storage(request(), visitor()).clear();
		FlashExchange.of(request()).clear(visitor());
	}

	/**
	 * Marks messages as shown which a page of the current user holds, because it says so.
	 * @param token the token that the page was given for them
	 * @return {@code false} if the page does not hold them any more, so that another has
	 * shown them or will
	 */
	public boolean confirm(String token) {
		return this.currentUser.username().map((user) -> this.users.apply(user).acknowledge(token) > 0).orElse(false);
	}

	/**
	 * The token of what this request shows, or {@code null} where it shows nothing that
	 * another request can confirm.
	 */
	@Nullable String token() {
		FlashClaim claim = FlashExchange.of(request()).getClaim(visitor());
		return (claim != null && !claim.messages().isEmpty()) ? claim.token() : null;
	}

	private List<FlashMessage> visible() {
		FlashClaim claim = FlashExchange.of(request()).getClaim(visitor());
		return (claim != null) ? claim.messages() : peek();
	}

	private String visitor() {
		return this.currentUser.username().orElse(ANONYMOUS);
	}

	private FlashStorage storage(HttpServletRequest request, String visitor) {
		SessionFlashStorage session = new SessionFlashStorage(request, this.policy);
		if (visitor.equals(ANONYMOUS)) {
			return session;
		}
		UserFlashStorage user = this.users.apply(visitor);
		user.adopt(session);
		return user;
	}

	private static HttpServletRequest request() {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			return attributes.getRequest();
		}
		throw new IllegalStateException("There is no request in this thread, so no current visitor; use FlashSender");
	}

}

package dev.actionlog.live;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.profile.CurrentUser;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Opens streams for signed-in users. It is a servlet of its own because Spring MVC may
 * keep a session of Hibernate open, and with it a connection, as long as the request.
 */
class LiveServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private static final int MAX_LENGTH = 64;

	private final transient LiveDelivery delivery;

	private final transient CurrentUser currentUser;

	private final transient FlashSender messages;

	private final transient ActionService actions;

	LiveServlet(LiveDelivery delivery, CurrentUser currentUser, FlashSender messages, ActionService actions) {
		this.delivery = delivery;
		this.currentUser = currentUser;
		this.messages = messages;
		this.actions = actions;
	}

	/**
	 * Answers without opening a stream, which would have no end.
	 */
	@Override
	protected void doHead(HttpServletRequest request, HttpServletResponse response) {
		response.setStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
		response.setHeader(HttpHeaders.ALLOW, "GET");
	}

	/**
	 * The statuses without a stream have no body: nobody reads it.
	 */
	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String username = this.currentUser.username().orElse(null);
		String browser = parameter(request, "browser");
		if (username == null) {
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
			return;
		}
		Optional<LiveStream> stream = this.delivery.open(username, (browser != null) ? browser : "");
		if (stream.isEmpty()) {
			response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
			response.setHeader(HttpHeaders.RETRY_AFTER, "60");
			return;
		}
		try {
			look(username, parameter(request, "newest"), stream.get());
			response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
			response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
			// a proxy of nginx must not collect what comes
			response.setHeader("X-Accel-Buffering", "no");
			// with the server's own request: the filters are done with theirs
			stream.get().start(request.startAsync());
		}
		catch (IOException | RuntimeException ex) {
			stream.get().end();
			throw ex;
		}
	}

	/**
	 * Tells a stream, which is registered by now, what is new to its page.
	 * @param newest the time of the newest action that the page shows, to the
	 * millisecond, empty for no action, or {@code null} if it shows no actions
	 */
	private void look(String username, @Nullable String newest, LiveStream stream) {
		if (!this.messages.peek(username).isEmpty()) {
			stream.hint(Hint.MESSAGES);
		}
		if (newest != null && !newest.equals(newestAction(username))) {
			stream.hint(Hint.ACTIONS);
		}
	}

	private String newestAction(String username) {
		return this.actions.recentFor(username)
			.stream()
			.map((action) -> action.getRecordedAt().truncatedTo(ChronoUnit.MILLIS).toString())
			.findFirst()
			.orElse("");
	}

	private static @Nullable String parameter(HttpServletRequest request, String name) {
		String value = request.getParameter(name);
		return (value == null || value.length() > MAX_LENGTH) ? null : value;
	}

}

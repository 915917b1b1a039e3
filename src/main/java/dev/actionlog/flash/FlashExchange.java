package dev.actionlog.flash;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one request does with messages, through all its dispatches: what it holds, and
 * what becomes of that in the end.
 */
final class FlashExchange {

	private static final String ATTRIBUTE = FlashExchange.class.getName();

	private static final Log logger = LogFactory.getLog(FlashExchange.class);

	private static final FlashClaim NOTHING = new FlashClaim() {

		@Override
		public List<FlashMessage> messages() {
			return List.of();
		}

		@Override
		public void acknowledge(Predicate<FlashMessage> kept) {
		}

		@Override
		public void release() {
		}

	};

	private final Map<String, FlashClaim> claims = new HashMap<>();

	private Predicate<FlashMessage> kept = (message) -> false;

	private @Nullable FlashLevel minLevel;

	private @Nullable HttpServletResponse response;

	private boolean fragmentShown;

	private boolean taken;

	private boolean failed;

	private FlashExchange() {
	}

	static FlashExchange of(HttpServletRequest request) {
		FlashExchange exchange = (FlashExchange) request.getAttribute(ATTRIBUTE);
		if (exchange == null) {
			exchange = new FlashExchange();
			request.setAttribute(ATTRIBUTE, exchange);
		}
		return exchange;
	}

	/**
	 * A dispatch begins: what it renders is a page of its own.
	 */
	void begin(HttpServletResponse response) {
		this.response = response;
		this.fragmentShown = false;
		this.failed = false;
	}

	/**
	 * The response will be replaced by an error page.
	 */
	void fail() {
		this.failed = true;
	}

	@Nullable FlashLevel getMinLevel() {
		return this.minLevel;
	}

	void setMinLevel(@Nullable FlashLevel minLevel) {
		this.minLevel = minLevel;
	}

	/**
	 * Whether the fragment comes for the first time in this page.
	 */
	boolean isFirstFragment() {
		boolean first = !this.fragmentShown;
		this.fragmentShown = true;
		return first;
	}

	/**
	 * The claim of a visitor, made when it is first asked for.
	 */
	FlashClaim claim(String visitor, Function<String, FlashClaim> maker) {
		FlashClaim claim = this.claims.get(visitor);
		if (claim == null) {
			claim = maker.apply(visitor);
			this.claims.put(visitor, claim);
			if (!claim.messages().isEmpty() && this.response != null && !this.response.isCommitted()) {
				this.response.setHeader("Cache-Control", "no-store");
			}
		}
		return claim;
	}

	@Nullable FlashClaim getClaim(String visitor) {
		return this.claims.get(visitor);
	}

	/**
	 * Drops what a visitor's claim holds: this page shows none of it any more.
	 */
	void clear(String visitor) {
		FlashClaim claim = this.claims.put(visitor, NOTHING);
		if (claim != null && !claim.messages().isEmpty()) {
			claim.acknowledge((message) -> false);
		}
	}

	/**
	 * What was claimed counts as delivered by a response of any type.
	 */
	void take() {
		this.taken = true;
	}

	void keep(Predicate<FlashMessage> kept) {
		this.kept = this.kept.or(kept);
	}

	/**
	 * The response is complete: what it showed goes, if it really went out.
	 */
	void end() {
		boolean showed = this.claims.values().stream().anyMatch((claim) -> !claim.messages().isEmpty());
		if (showed && !this.failed && this.response != null && isDelivery(this.response) && flush(this.response)) {
			finish((claim) -> claim.acknowledge(this.kept));
		}
		else {
			release();
		}
	}

	/**
	 * The response failed: what it held waits again.
	 */
	void release() {
		finish(FlashClaim::release);
	}

	private void finish(Consumer<FlashClaim> end) {
		this.claims.values().stream().filter((claim) -> !claim.messages().isEmpty()).forEach((claim) -> {
			try {
				end.accept(claim);
			}
			// the page is out: its messages come again when the lease has run out
			catch (RuntimeException ex) {
				logger.error("Flash messages could not be marked as shown, or given back", ex);
			}
		});
		this.claims.clear();
		this.kept = (message) -> false;
		this.taken = false;
	}

	private boolean isDelivery(HttpServletResponse response) {
		int status = response.getStatus();
		return this.taken ? status < 300 : (status < 300 || status >= 400) && isHtml(response.getContentType());
	}

	private static boolean isHtml(@Nullable String type) {
		String lower = (type != null) ? type.toLowerCase(Locale.ROOT) : "";
		return lower.startsWith("text/html") || lower.startsWith("application/xhtml+xml");
	}

	private static boolean flush(HttpServletResponse response) {
		try {
			response.flushBuffer();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}

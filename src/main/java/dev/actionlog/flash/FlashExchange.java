package dev.actionlog.flash;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.actionlog.database.Unreachable;
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

	/** Whether anybody can see a response to the request; if not, it shows nothing. */
	private final boolean seen;

	private final Map<String, FlashClaim> claims = new HashMap<>();

	/**
	 * Why a claim failed. It is not tried again in the same request: if it succeeded
	 * then, messages would be deleted that an earlier place in the page did not show.
	 */
	private final Map<String, RuntimeException> failures = new HashMap<>();

	private @Nullable Predicate<FlashMessage> kept;

	private @Nullable FlashLevel minLevel;

	private @Nullable HttpServletResponse response;

	private boolean fragmentShown;

	private boolean taken;

	private boolean confirmed;

	private boolean failed;

	private FlashExchange(boolean seen) {
		this.seen = seen;
	}

	static FlashExchange of(HttpServletRequest request) {
		FlashExchange exchange = (FlashExchange) request.getAttribute(ATTRIBUTE);
		if (exchange == null) {
			exchange = new FlashExchange(FlashDelivery.canBeSeen(request));
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
	 * The messages that this request shows to a visitor, claimed when it first asks.
	 * @throws RuntimeException if they could not be claimed, each time the same
	 */
	FlashClaim claim(String visitor, Supplier<FlashClaim> storage) {
		RuntimeException failure = this.failures.get(visitor);
		if (failure != null) {
			throw failure;
		}
		FlashClaim claim = getClaim(visitor);
		if (claim == null) {
			claim = attempt(visitor, storage);
			this.claims.put(visitor, claim);
			if (!claim.messages().isEmpty() && this.response != null && !this.response.isCommitted()) {
				this.response.setHeader("Cache-Control", "no-store");
			}
		}
		return claim;
	}

	private FlashClaim attempt(String visitor, Supplier<FlashClaim> storage) {
		try {
			return storage.get();
		}
		catch (RuntimeException ex) {
			this.failures.put(visitor, ex);
			throw ex;
		}
	}

	@Nullable FlashClaim getClaim(String visitor) {
		return this.seen ? this.claims.get(visitor) : FlashClaim.NOTHING;
	}

	/**
	 * Drops what a visitor's claim holds: this page shows none of it any more.
	 */
	void clear(String visitor) {
		FlashClaim claim = this.claims.put(visitor, FlashClaim.NOTHING);
		if (claim != null) {
			claim.delete();
		}
	}

	/**
	 * What was claimed counts as delivered by a response of any type.
	 */
	void deliverInAnyType() {
		this.taken = true;
	}

	/**
	 * The page says itself when it has shown what was claimed.
	 * @return {@code false} if it does not, because some of it is kept for the next page,
	 * which the server tells apart when the response ends
	 */
	boolean confirmByPage() {
		this.confirmed = this.kept == null;
		return this.confirmed;
	}

	void keep(Predicate<FlashMessage> kept) {
		this.kept = (this.kept != null) ? this.kept.or(kept) : kept;
	}

	/**
	 * The response is complete: what it showed goes, if it really went out.
	 */
	void end() {
		boolean showed = this.claims.values().stream().anyMatch((claim) -> !claim.messages().isEmpty());
		if (showed && !this.failed && this.response != null && FlashDelivery.isDelivered(this.response, this.taken)
				&& flush(this.response)) {
			Predicate<FlashMessage> kept = (this.kept != null) ? this.kept : (message) -> false;
			finish(this.confirmed ? FlashClaim::handOver : (claim) -> claim.acknowledge(kept));
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
			// the response cannot be changed any more
			catch (RuntimeException ex) {
				Unreachable.warn(logger, "Flash messages could not be given back or marked as shown", ex);
			}
		});
		this.claims.clear();
		this.kept = null;
		this.taken = false;
		this.confirmed = false;
	}

	private boolean flush(HttpServletResponse response) {
		try {
			response.flushBuffer();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
		// of a filter that stores its session first, say: an error page follows
		catch (RuntimeException ex) {
			release();
			throw ex;
		}
	}

}

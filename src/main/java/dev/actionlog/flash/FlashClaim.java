package dev.actionlog.flash;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The messages that one page holds, so that no other shows them. It ends with exactly one
 * of {@link #acknowledge}, {@link #handOver}, {@link #release} and {@link #delete}.
 */
interface FlashClaim {

	/**
	 * What the page shows, in the order of adding.
	 */
	List<FlashMessage> messages();

	/**
	 * The page was delivered: the messages go, except those that it wants to be shown
	 * again.
	 */
	void acknowledge(Predicate<FlashMessage> kept);

	/**
	 * The page was delivered, and will say itself that it has shown the messages: they
	 * stay held until then, or until the lease ends. A claim without a token is
	 * acknowledged.
	 */
	default void handOver() {
		acknowledge((message) -> false);
	}

	/**
	 * With what the messages are held, so that another request can acknowledge them, or
	 * {@code null} where only this one can.
	 */
	default @Nullable String token() {
		return null;
	}

	/**
	 * The page was not delivered: the messages wait again.
	 */
	void release();

	/**
	 * Deletes the messages now, whatever becomes of the page.
	 */
	void delete();

	/** A claim of no messages. */
	FlashClaim NOTHING = new FlashClaim() {

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

		@Override
		public void delete() {
		}

	};

}

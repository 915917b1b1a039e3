package dev.actionlog.flash;

import java.util.List;
import java.util.function.Predicate;

/**
 * The messages that one page holds, so that no other shows them. It ends with exactly one
 * of {@link #acknowledge} and {@link #release}.
 */
interface FlashClaim {

	/**
	 * What the page shows, in the order of adding.
	 */
	List<FlashMessage> messages();

	/**
	 * The page was delivered: the messages go, but for those that it wants to be shown
	 * again.
	 */
	void acknowledge(Predicate<FlashMessage> kept);

	/**
	 * The page was not delivered: the messages wait again.
	 */
	void release();

}

package dev.actionlog.flash;

import java.util.function.Supplier;

/**
 * Watches how messages are claimed.
 */
@FunctionalInterface
interface ClaimObservation {

	/**
	 * Claims, and watches it.
	 * @param claim what claims
	 * @return what it returns
	 */
	UserFlashClaim observe(Supplier<UserFlashClaim> claim);

}

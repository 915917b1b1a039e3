package dev.actionlog.flash;

/**
 * Counts messages: {@code sent}, {@code shown}, {@code dropped} (there were too many),
 * {@code expired} and {@code replaced} (one with the same key came).
 */
@FunctionalInterface
interface FlashMetrics {

	void count(String what, long messages);

}

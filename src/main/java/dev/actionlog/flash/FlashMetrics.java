package dev.actionlog.flash;

/**
 * Counts messages: {@code sent}, {@code shown}, {@code dropped} (there were too many) and
 * {@code expired}.
 */
@FunctionalInterface
interface FlashMetrics {

	void count(String what, long messages);

}

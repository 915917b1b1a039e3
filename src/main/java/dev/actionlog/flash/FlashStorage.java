package dev.actionlog.flash;

import java.util.List;

/**
 * Where the messages of one visitor wait: rows for a user, the HTTP session for an
 * anonymous visitor.
 */
interface FlashStorage {

	/**
	 * Adds a message, and drops what has expired and what is beyond the bound: the lowest
	 * level first, then the oldest.
	 */
	void add(FlashMessage message);

	/**
	 * The messages that wait, in the order of adding, without consuming them.
	 */
	List<FlashMessage> peek();

	/**
	 * Takes the messages that wait for a page, so that no other shows them.
	 */
	FlashClaim claim();

	/**
	 * Deletes the messages that wait and that no page holds.
	 */
	void clear();

}

package dev.actionlog.live;

import java.util.HashSet;
import java.util.Set;

/**
 * Users to whom something has come from a request of their own, until that request is
 * over: each turn gives those who were there the turn before.
 */
class OwnNews {

	/** Who comes beyond it is told of the next news. */
	private static final int MAX_USERS = 20_000;

	/** Whether further news of a user begin the wait anew. */
	private final boolean renewed;

	private Set<String> fresh = new HashSet<>();

	private Set<String> before = new HashSet<>();

	/**
	 * No users.
	 * @param renewed whether further news of a user begin the wait anew, which then can
	 * last as long as the user sends requests
	 */
	OwnNews(boolean renewed) {
		this.renewed = renewed;
	}

	/**
	 * Adds a user.
	 */
	synchronized void add(String username) {
		if (this.fresh.size() < MAX_USERS && this.fresh.add(username) && this.renewed) {
			this.before.remove(username);
		}
	}

	/**
	 * Takes the users who have waited for one to two turns.
	 */
	synchronized Set<String> turn() {
		Set<String> taken = this.before;
		this.before = this.fresh;
		this.fresh = new HashSet<>();
		return taken;
	}

	synchronized boolean isEmpty() {
		return this.fresh.isEmpty() && this.before.isEmpty();
	}

}

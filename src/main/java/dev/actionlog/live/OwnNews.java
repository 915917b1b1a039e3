package dev.actionlog.live;

import java.util.HashSet;
import java.util.Set;

/**
 * Users to whom something has come from a request of their own, until that request is
 * over: each turn gives those who were there the turn before.
 */
class OwnNews {

	/** What comes beyond it is found by the look. */
	private static final int MAX_USERS = 20_000;

	private Set<String> fresh = new HashSet<>();

	private Set<String> before = new HashSet<>();

	/**
	 * Adds a user, whose wait begins anew.
	 */
	synchronized void add(String username) {
		this.before.remove(username);
		if (this.fresh.size() < MAX_USERS) {
			this.fresh.add(username);
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

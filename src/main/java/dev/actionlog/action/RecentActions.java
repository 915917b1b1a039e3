package dev.actionlog.action;

import java.util.AbstractList;
import java.util.List;

/**
 * The actions of a user, the newest first, with the number of actions that are kept,
 * which one statement reads together.
 */
final class RecentActions extends AbstractList<Action> {

	private final List<Action> actions;

	private final int keep;

	RecentActions(List<Action> actions, int keep) {
		this.actions = actions;
		this.keep = keep;
	}

	/**
	 * How many actions are kept: the user's own number, else the default.
	 */
	int keep() {
		return this.keep;
	}

	@Override
	public Action get(int index) {
		return this.actions.get(index);
	}

	@Override
	public int size() {
		return this.actions.size();
	}

}

package dev.actionlog.test;

import dev.actionlog.action.Action;
import dev.actionlog.action.ActionService;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for what was recorded.
 */
public final class ActionServiceAssert extends AbstractAssert<ActionServiceAssert, ActionService> {

	ActionServiceAssert(ActionService actual) {
		super(actual, ActionServiceAssert.class);
	}

	/**
	 * The actions of a user, the newest first, as the page shows them.
	 * @param username the name of the user's principal
	 * @return the assertions for these actions
	 */
	public TextsAssert ofUser(String username) {
		isNotNull();
		return new TextsAssert(this.actual.recentFor(username).stream().map(Action::getText).toList(),
				"actions of " + username + ", the newest first");
	}

}

package dev.actionlog.bench;

import dev.actionlog.action.ActionService;
import org.jspecify.annotations.NullUnmarked;

/**
 * A benchmark whose library side is an application in this JVM with the usual number of
 * users.
 */
@NullUnmarked
public abstract class OfNode extends TwoSides {

	private Node node;

	private ActionService actions;

	@Override
	void prepare() {
		this.node = Node.start(Server.url(Server.SHARED), Data.USERS);
		this.actions = this.node.get(ActionService.class);
		prepare(this.node);
	}

	/**
	 * Prepares both sides.
	 */
	abstract void prepare(Node node);

	/**
	 * Any of the users.
	 */
	String anyUser() {
		return this.node.anyUser();
	}

	ActionService actions() {
		return this.actions;
	}

	@Override
	void close() {
		this.node.close();
	}

}

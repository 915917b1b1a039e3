package dev.actionlog.bench;

import dev.actionlog.action.ActionService;

/**
 * Recording an action.
 */
public class LiveRecord extends LiveWriting {

	@Override
	void write(Node node) {
		node.get(ActionService.class).recordFor(node.anyUser(), Data.MESSAGE, Data.ARGUMENT);
	}

}

package dev.actionlog.bench;

import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;

/**
 * Sending a message.
 */
public class LiveSend extends LiveWriting {

	@Override
	void write(Node node) {
		node.get(FlashSender.class).send(node.anyUser(), FlashLevel.SUCCESS, Data.MESSAGE, Data.ARGUMENT);
	}

}

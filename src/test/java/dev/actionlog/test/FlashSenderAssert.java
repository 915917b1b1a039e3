package dev.actionlog.test;

import java.util.function.Predicate;

import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashMessage;
import dev.actionlog.flash.FlashSender;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for the messages that wait.
 */
public final class FlashSenderAssert extends AbstractAssert<FlashSenderAssert, FlashSender> {

	FlashSenderAssert(FlashSender actual) {
		super(actual, FlashSenderAssert.class);
	}

	/**
	 * The messages that wait for a user, in the order of adding.
	 * @param username the name of the user's principal
	 * @return the assertions for these messages
	 */
	public TextsAssert ofUser(String username) {
		return pending(username, (message) -> true, "messages for " + username);
	}

	/**
	 * The messages of one level that wait for a user, in the order of adding.
	 * @param username the name of the user's principal
	 * @param level the level
	 * @return the assertions for these messages
	 */
	public TextsAssert ofUser(String username, FlashLevel level) {
		return pending(username, (message) -> message.level().equals(level), level + " messages for " + username);
	}

	private TextsAssert pending(String username, Predicate<FlashMessage> which, String description) {
		isNotNull();
		return new TextsAssert(this.actual.peek(username).stream().filter(which).map(FlashMessage::text).toList(),
				description);
	}

}

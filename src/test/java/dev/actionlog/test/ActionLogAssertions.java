package dev.actionlog.test;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashSender;

/**
 * The entry to the assertions: {@code import static} it, beside AssertJ's own or alone.
 */
public final class ActionLogAssertions {

	private ActionLogAssertions() {
	}

	/**
	 * Assertions for what was recorded.
	 * @param actual the application's service
	 * @return choose the user next
	 */
	public static ActionServiceAssert assertThat(ActionService actual) {
		return new ActionServiceAssert(actual);
	}

	/**
	 * Assertions for the messages that wait. They consume none.
	 * @param actual the application's sender
	 * @return choose the user next
	 */
	public static FlashSenderAssert assertThat(FlashSender actual) {
		return new FlashSenderAssert(actual);
	}

}

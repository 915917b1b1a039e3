package dev.actionlog.flash;

import dev.actionlog.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * Adds messages for the current visitor, by their levels.
 */
public interface FlashWriter {

	/**
	 * Adds a message of the level {@link FlashLevel#DEBUG}.
	 * @see #add(FlashLevel, String, Object...)
	 */
	default boolean debug(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.DEBUG, message, args);
	}

	/**
	 * Adds a message of the level {@link FlashLevel#INFO}.
	 * @see #add(FlashLevel, String, Object...)
	 */
	default boolean info(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.INFO, message, args);
	}

	/**
	 * Adds a message of the level {@link FlashLevel#SUCCESS}.
	 * @see #add(FlashLevel, String, Object...)
	 */
	default boolean success(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.SUCCESS, message, args);
	}

	/**
	 * Adds a message of the level {@link FlashLevel#WARNING}.
	 * @see #add(FlashLevel, String, Object...)
	 */
	default boolean warning(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.WARNING, message, args);
	}

	/**
	 * Adds a message of the level {@link FlashLevel#ERROR}.
	 * @see #add(FlashLevel, String, Object...)
	 */
	default boolean error(String message, @Nullable Object @Nullable ... args) {
		return add(FlashLevel.ERROR, message, args);
	}

	/**
	 * Adds a message.
	 * @param level how important it is
	 * @param message a message code, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @return {@code false} if the level is below the threshold, so nothing was stored
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 */
	default boolean add(FlashLevel level, String message, @Nullable Object @Nullable ... args) {
		return add(FlashDraft.of(level, message, args));
	}

	/**
	 * Adds a message.
	 * @see #add(FlashDraft)
	 */
	default boolean add(FlashLevel level, Text text) {
		return add(FlashDraft.of(level, text));
	}

	/**
	 * Adds a message.
	 * @param draft the message
	 * @return {@code false} if its level is below the threshold, so nothing was stored
	 */
	boolean add(FlashDraft draft);

}

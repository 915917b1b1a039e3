package dev.actionlog.flash;

/**
 * A message waits for a user. It is published in the thread that sends, after the message
 * was written as a row; not for what an anonymous visitor has in the session, and not
 * where nothing was stored because the level is below the threshold.
 * <p>
 * In a caller's transaction it is published before the commit. So a
 * {@code @TransactionalEventListener} gets it after the commit and never after a
 * rollback; without a transaction only with {@code fallbackExecution = true}. What an
 * {@code @EventListener} throws reaches the sender and, with it, the caller's
 * transaction.
 *
 * @param username the name of the user
 */
public record FlashSent(String username) {
}

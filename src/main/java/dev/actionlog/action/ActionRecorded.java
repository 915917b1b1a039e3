package dev.actionlog.action;

import java.time.Instant;

import dev.actionlog.text.Text;

/**
 * An action was recorded. {@link ActionService} publishes this event in the thread that
 * records, after the action was written, and never where nothing was stored because the
 * user keeps no actions.
 * <p>
 * In a caller's transaction it is published before the commit. So a
 * {@code @TransactionalEventListener} gets it after the commit and never after a
 * rollback. Without a transaction the action is committed already, and such a listener
 * gets it only with {@code fallbackExecution = true}.
 * <p>
 * What an {@code @EventListener} throws reaches the caller of {@code record} and, with
 * it, the caller's transaction; without one the action stays. A listener must not record
 * without an end: an action that it records is an event, too.
 *
 * @param username the name of the user
 * @param text what was done, as it was stored
 * @param recordedAt when, to the microsecond
 */
public record ActionRecorded(String username, Text text, Instant recordedAt) {
}

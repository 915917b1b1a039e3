/**
 * The admin area: messages to all users, or to some, for users with the authority of an
 * administrator. For all others there is no page at its addresses, see
 * {@code dev.actionlog.app.account}.
 * <p>
 * A message is composed, seen as its readers will see it, and confirmed. The page before
 * the confirmation has all of it in its form, so nothing is kept on the server until
 * then, and every step checks all of it again.
 */
@NullMarked
package dev.actionlog.app.admin;

import org.jspecify.annotations.NullMarked;

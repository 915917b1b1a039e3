/**
 * The admin area: messages to all users, or to some, for users with the authority of an
 * administrator. In {@code dev.actionlog.app.account}, {@code Admins} knows who that is,
 * and {@code AdminFilter} hides the area from all other users.
 * <p>
 * A message is composed, seen as its readers will see it, and confirmed. The page before
 * the confirmation has all of it in its form, so nothing is kept on the server until
 * then, and every step checks all of it again.
 */
@NullMarked
package dev.actionlog.app.admin;

import org.jspecify.annotations.NullMarked;

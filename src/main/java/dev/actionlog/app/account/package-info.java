/**
 * The people who have an account: signing up, signing in and out, passwords, settings,
 * and the end of an account.
 * <p>
 * Users and their passwords are Spring Security's; an {@code Account} has the rest. It is
 * read once a request, and that one row also says whether the session is still good: a
 * changed password or a deleted account ends the sessions on every node, because each
 * carries the key that the account had when it was opened.
 */
@NullMarked
package dev.actionlog.app.account;

import org.jspecify.annotations.NullMarked;

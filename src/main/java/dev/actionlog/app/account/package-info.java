/**
 * Accounts: signing up, signing in and out, passwords, recovery codes, passkeys, settings
 * and deletion. What was typed when a session had ended is kept in a cookie
 * ({@code SentForm}) until the user has signed in.
 * <p>
 * Users and their passwords are Spring Security's; an {@code Account} has the rest. It is
 * read once per request, and that one row also says whether the session is still valid:
 * each session has the key that the account had when it was opened, so that a changed
 * password or a deleted account ends the sessions on every node. Disabling the user in
 * Spring Security's table does the same.
 * <p>
 * Every operation that writes to a user's profile first locks the account, as the
 * deletion of the account does: what was under way is deleted with it, and what comes
 * later finds no account. Otherwise it would make the profile anew, and the next owner of
 * the name would inherit it.
 */
@NullMarked
package dev.actionlog.app.account;

import org.jspecify.annotations.NullMarked;

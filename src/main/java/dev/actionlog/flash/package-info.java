/**
 * Flash messages: one-shot messages in five levels, shown once and then gone.
 * <p>
 * A controller tells the current visitor with {@link dev.actionlog.flash.FlashMessages
 * FlashMessages}, any other code tells any user with
 * {@link dev.actionlog.flash.FlashSender FlashSender}, and the template fragment
 * {@code actionlog/flash :: messages} shows what waits. A message is written when it is
 * added, in the caller's transaction where there is one, and is shown exactly once.
 * {@link dev.actionlog.flash.Announcements Announcements} are for all users, or for many:
 * one row, of which each user gets a copy in the claim of a page, in the words that
 * {@code Translations} finds for the reader's language.
 * <p>
 * For a signed-in user a message is a row that hangs off the profile: it reaches the user
 * on any device, on any node and after a restart, and nobody else. For an anonymous
 * visitor it is an attribute of its own in the HTTP session, and becomes a row at the
 * first call after the visitor has signed in ({@code UserFlashStorage.adopt}). At most
 * {@code max-pending} wait for one visitor: what is beyond, the lowest level first, then
 * the oldest, goes when another is added ({@code UserFlashStorage.insert}, on PostgreSQL
 * the statement of {@code PostgresqlFlashStorage}; for an anonymous visitor
 * {@code SessionFlashStorage.add}).
 * <p>
 * A page does not read and then mark: it <em>claims</em>. The claim marks the rows which
 * no other page holds ({@code for update skip locked}) with a token and a lease. When the
 * response has been written and flushed, or the page itself says that it has shown them
 * ({@link dev.actionlog.flash.FlashConfirmation FlashConfirmation}), the rows of the
 * token are deleted; when it failed, or was no finished HTML page, they are released
 * ({@code FlashFilter} sees the end, {@code FlashDelivery} knows what is a page, and
 * which requests, such as a prefetch, nobody sees; {@code FlashExchange} decides). So
 * parallel tabs never show a message twice, and a page that fails loses none. A message
 * can be shown a second time only if the delete does not happen within the lease: the
 * process dies after the flush, the database stays away, or the page takes longer. The
 * newest few that a user was shown are kept to be read again.
 */
@ApplicationModule(allowedDependencies = { "database", "profile", "text" })
@NullMarked
package dev.actionlog.flash;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;

/**
 * Recent actions: each user's persistent, timestamped log of what they did.
 * <p>
 * {@link dev.actionlog.action.ActionService ActionService} writes an action in the
 * transaction of the operation, so that what is rolled back leaves no action. When that
 * transaction commits, the user has at most N actions, exactly the newest N, whatever
 * number of threads and nodes write: the log is a ring of N rows, which are written over
 * in turn under the lock of the user's profile. Actions are numbered under that lock, and
 * the log is read by these numbers and not by clock readings: their order is the order of
 * writing even where clocks tie or differ.
 * <p>
 * It is a convenience for its owner, not an audit trail: rows are meant to disappear.
 * Only what the owner did belongs in it, because every action displaces an older one.
 * <p>
 * The template fragment {@code actionlog/history :: history} shows the log of the user
 * who looks at the page. {@code HistoryBuilder} groups it by day ("Today") in the
 * reader's words; {@code HistoryView}, for templates, and
 * {@link dev.actionlog.action.ActionHistories ActionHistories}, for all others, give what
 * it makes. {@code ActionStore} has the ring, and lays it out anew where N changes.
 */
@ApplicationModule(allowedDependencies = { "database", "profile", "text" })
@NullMarked
package dev.actionlog.action;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;

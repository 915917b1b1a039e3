/**
 * What they did: each user's persistent, timestamped log of recent actions.
 * <p>
 * {@link dev.actionlog.action.ActionService ActionService} writes an action in the
 * transaction of the operation, so that what is rolled back leaves no line. When that
 * transaction commits, the user has at most N actions, exactly the newest N, whatever
 * number of threads and nodes write. For that a writer first locks the user's profile,
 * then inserts, then trims with the N-th newest id as the threshold. Ids come from the
 * database one by one under that lock, and the log is read by them and not by its clock
 * readings: their order is the order of writing even where clocks tie or differ.
 * <p>
 * It is a convenience for its owner, not an audit trail: rows are meant to disappear.
 * Only the owner's own operations belong in it; whoever can write to a log can flush it.
 * <p>
 * The template fragment {@code actionlog/history :: history} shows the log of the user
 * who looks at the page.
 */
@ApplicationModule(allowedDependencies = { "profile", "text" })
@NullMarked
package dev.actionlog.action;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;

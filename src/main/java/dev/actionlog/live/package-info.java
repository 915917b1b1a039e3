/**
 * Live delivery: an open page shows a new message without a reload, and renews its recent
 * actions. Off unless {@code actionlog.live.enabled} is {@code true}.
 * <p>
 * A stream of server-sent events gives the script of a page hints, never content. The
 * script answers a hint with one ordinary request, which claims and renders like any
 * page, so page and live compete through the same claim and each message is shown once. A
 * stream is first registered and then told what waits already, so that nothing falls
 * between the page and the stream. It holds no thread, no session of Hibernate and no
 * connection to the database.
 * <p>
 * {@code LiveDelivery} gives the hints, after the commit, to the streams of this node and
 * tells the others: between nodes on PostgreSQL hints go by {@code NOTIFY}
 * ({@code PostgresqlNodes}), on a connection of their own. On every database a look each
 * half minute ({@code LiveDelivery}) finds messages that no hint has told, of users with
 * a profile. A message counts as shown when the page says so; one that no page has
 * confirmed waits again when the lease ends.
 */
@ApplicationModule(allowedDependencies = { "action", "database", "flash", "profile" })
@NullMarked
package dev.actionlog.live;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;

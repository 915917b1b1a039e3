/**
 * What becomes of requests while the database cannot be reached. {@code Outage} decides
 * that it cannot; as long as that lasts {@code WatchedPool} gives no connection, so that
 * nobody waits for one. Reading is tried again where a connection was lost
 * ({@code SecondTry}). Of an exception that says that the database is away
 * ({@code DatabaseFailure}) {@code UnavailableDatabaseFilter} makes the status 503, with
 * the error page ({@code ErrorPages}), which needs no database. An outage is one line in
 * the log where it begins, and one where it ends.
 */
@NullMarked
package dev.actionlog.app.outage;

import org.jspecify.annotations.NullMarked;

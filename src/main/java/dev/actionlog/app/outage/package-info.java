/**
 * What becomes of requests while the database cannot be reached. Reading is tried again
 * where a connection was lost; then the answer is the status 503 within seconds, with the
 * error page ({@code ErrorPages}), which needs no database. An outage is one line in the
 * log where it begins, and one where it ends.
 */
@NullMarked
package dev.actionlog.app.outage;

import org.jspecify.annotations.NullMarked;

/**
 * What the library costs: each benchmark beside hand-written JDBC that does the same work
 * on the same database through the same connection pool, or beside a page that does
 * without it. Run by {@code ./mvnw -Pbench verify}.
 */
@NullMarked
package dev.actionlog.bench;

import org.jspecify.annotations.NullMarked;

/**
 * What the library costs: beside hand-written JDBC that does the same work on the same
 * database, beside a page that does without it, and over HTTP beside a bare servlet. Run
 * by {@code ./mvnw -Pbench verify}; {@code -Dbench=record} chooses comparisons by their
 * names, {@code -Dbench.users=0} leaves out the large data set.
 */
@NullMarked
package dev.actionlog.bench;

import org.jspecify.annotations.NullMarked;

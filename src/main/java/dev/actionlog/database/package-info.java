/**
 * The tables of the library, and who creates them.
 * <p>
 * One script, {@code R__actionlog.sql}, says it all for H2 and PostgreSQL. It can be run
 * any number of times and changes nothing that is there already. An application has three
 * ways to it, chosen with {@code actionlog.database.initialize}: left alone, an embedded
 * H2 (in memory or in a file) gets the tables at start; {@code always} does the same on
 * any database; with {@code never} the application applies the script itself. The name is
 * that of a repeatable Flyway migration, because a versioned one would clash with the
 * numbers of the application's own; adding {@code classpath:dev/actionlog/database} to
 * {@code spring.flyway.locations} is enough.
 * <p>
 * A table that is missing once the application has started up is an error that names the
 * script, not a surprise at the first operation.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.actionlog.database;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;

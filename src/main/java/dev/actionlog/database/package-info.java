/**
 * The tables of the library, who creates them, and how SQL is run.
 * <p>
 * A script, {@code R__actionlog.sql}, makes the tables. There is one for each database,
 * in a folder of its own. It can be run any number of times and changes nothing that is
 * there already. An application has three ways to it, chosen with
 * {@code actionlog.database.initialize}: left alone, an embedded H2 (in memory or in a
 * file) gets the tables at start; {@code always} does the same on any database; with
 * {@code never} the application applies the script itself. The name is that of a
 * repeatable Flyway migration, because a versioned one would clash with the numbers of
 * the application's own; adding <code>classpath:dev/actionlog/database/{vendor}</code> to
 * {@code spring.flyway.locations} is enough.
 * <p>
 * The library's SQL stands as text beside its one caller and runs through
 * {@link dev.actionlog.database.Database Database}, which joins the caller's JPA
 * transaction. By default it is portable; a database that says a statement better, or
 * needs to, replaces that statement. An application that does not use the library is not
 * stopped by its database: a missing table, or a database of another kind, is a warning
 * at start and an exception at the first use.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.actionlog.database;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;

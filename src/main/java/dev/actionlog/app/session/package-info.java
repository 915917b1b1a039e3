/**
 * The HTTP sessions in the database, so that they survive a restart and are shared by
 * nodes: Spring Session JDBC with the lifetimes of this application.
 */
@NullMarked
package dev.actionlog.app.session;

import org.jspecify.annotations.NullMarked;

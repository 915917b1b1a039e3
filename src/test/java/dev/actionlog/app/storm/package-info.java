/**
 * Storms: the executable jar under load while nodes die or stand still, the database
 * restarts and connections end. The clients keep a record of their own of all that was
 * acknowledged, shown and listed.
 */
@NullMarked
package dev.actionlog.app.storm;

import org.jspecify.annotations.NullMarked;

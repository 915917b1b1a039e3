/**
 * "Download my data": a background job collects everything of a user into a ZIP file and
 * tells the user with a flash message when it is there, or that it failed.
 * <p>
 * The state of the job is one row a user, so that any node can answer for it. A job says
 * that it is alive by its heartbeat; one that has been silent for two minutes died with
 * its node, and whichever node notices first tells the user.
 */
@NullMarked
package dev.actionlog.app.export;

import org.jspecify.annotations.NullMarked;

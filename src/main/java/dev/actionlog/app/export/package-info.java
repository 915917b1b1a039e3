/**
 * The export of a user's data: a background job collects it into a ZIP file. A page says
 * how far that is and has the file, and a flash message tells the user that it is ready
 * or that the job failed.
 * <p>
 * The state of the job is one row per user, so that every node can answer for it. A
 * running job has a heartbeat. One without a heartbeat for half a minute died with its
 * node, and the first node that notices tells the user.
 */
@NullMarked
package dev.actionlog.app.export;

import org.jspecify.annotations.NullMarked;

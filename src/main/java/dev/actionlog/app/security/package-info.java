/**
 * The security events of an account: what happened to it, when, and from which device.
 * Unlike the recent actions they cannot be cleared, so that an intruder leaves a trace.
 * <p>
 * A sign-in from a new device waits until the owner says whether it was theirs.
 */
@NullMarked
package dev.actionlog.app.security;

import org.jspecify.annotations.NullMarked;

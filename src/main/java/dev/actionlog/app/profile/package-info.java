/**
 * The profile page: the owner's photo, name, password and recent actions.
 */
@NullMarked
package dev.actionlog.app.profile;

import org.jspecify.annotations.NullMarked;

/**
 * The profile page, with the owner's recent actions and last sign-ins; the page on which
 * the owner changes photo and name; and the messages that the owner was shown.
 * {@code EditProfileController} refuses a photo of too many bytes; {@code PhotoEditor}
 * checks its format and its pixels, and scales it.
 */
@NullMarked
package dev.actionlog.app.profile;

import org.jspecify.annotations.NullMarked;

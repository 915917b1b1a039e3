package dev.actionlog.profile;

import org.jspecify.annotations.Nullable;

/**
 * A profile whose row this transaction has locked, with what the row said at that moment.
 *
 * @param profile a reference to the profile
 * @param keep the user's own number of actions to keep, or {@code null} for the default
 */
public record LockedProfile(UserProfile profile, @Nullable Integer keep) {
}

package dev.actionlog.profile;

/**
 * Published when it was changed how many actions are kept for a user, in the transaction
 * that changed it, while that holds the profile's lock.
 *
 * @param profile the profile as it is now
 */
public record KeepChanged(LockedProfile profile) {
}

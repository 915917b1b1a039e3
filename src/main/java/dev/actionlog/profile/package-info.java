/**
 * The user who acts, and the one row that the library keeps for each user.
 * <p>
 * A {@link dev.actionlog.profile.UserProfile} is found by the name of the user's
 * principal. It has no foreign key into anybody's user table: the library does not know
 * how an application keeps its users, so an application that deletes or renames one tells
 * {@link dev.actionlog.profile.ProfileService ProfileService}.
 * <p>
 * The profile's row is also the lock on which the writers of one user queue, and it
 * numbers what they write; writers of different users never meet. It is made at the first
 * use, by the database itself, without an exception to catch, and reading never makes
 * one.
 */
@ApplicationModule(allowedDependencies = "database")
@NullMarked
package dev.actionlog.profile;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;

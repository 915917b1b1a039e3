/**
 * The web application: sign up, sign in, a profile page with recent actions, settings.
 * <p>
 * It gets the library through auto-configuration and calls only what any application can
 * call. {@code account} has the accounts and signing in, {@code profile} the profile
 * page, {@code export} the download of a user's data, {@code session} the sessions in the
 * database, {@code security} what happened to an account and {@code device} from where,
 * {@code throttle} the delays after many attempts, {@code request} the bounds of
 * requests, {@code outage} what happens while the database is away, {@code admin} the
 * area of administrators.
 */
@ApplicationModule(allowedDependencies = { "action", "flash", "profile", "text" })
@NullMarked
package dev.actionlog.app;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;

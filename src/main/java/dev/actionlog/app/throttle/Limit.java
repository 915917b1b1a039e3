package dev.actionlog.app.throttle;

import java.time.Duration;

/**
 * How many attempts of a kind cost nothing, and how the others are delayed.
 *
 * @param name the kind
 * @param free the number of attempts (at least 2) that may follow each other at once
 * @param first how long the next attempt has to wait; every further one waits twice as
 * long as the one before
 * @param longest the longest delay
 * @param drain the time after which one attempt is forgotten
 */
record Limit(String name, int free, Duration first, Duration longest, Duration drain) {
}

/**
 * Slows down who guesses passwords, signs up or uploads photos again and again.
 * <p>
 * Attempts are counted in the database before they are looked at, so that neither
 * parallel requests nor several nodes get more of them. Up to a number of attempts cost
 * nothing; then each has to wait twice as long as the one before, and is answered with
 * the status 429 until then. A counter goes down by itself with time, and refused
 * attempts do not count: nobody is locked out for good. {@code Throttle} has the limits
 * and counts; {@code SignInThrottleFilter}, in {@code dev.actionlog.app.account}, asks it
 * before a password is looked at, and {@code TooManyAttemptsAdvice} answers.
 */
@NullMarked
package dev.actionlog.app.throttle;

import org.jspecify.annotations.NullMarked;

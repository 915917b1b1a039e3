/**
 * Help for an application's tests: AssertJ assertions for what was recorded and what
 * waits. It needs AssertJ, so it is not in the library's jar but in the one with the
 * classifier {@code tests}, which has this package only.
 */
@NullMarked
package dev.actionlog.test;

import org.jspecify.annotations.NullMarked;

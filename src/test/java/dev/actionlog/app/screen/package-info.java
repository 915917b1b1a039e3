/**
 * Tests for what a person sees and does, in a real browser.
 */
@NullMarked
package dev.actionlog.app.screen;

import org.jspecify.annotations.NullMarked;

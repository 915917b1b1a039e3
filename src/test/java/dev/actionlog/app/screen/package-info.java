/**
 * Tests of the pages in a real browser.
 */
@NullMarked
package dev.actionlog.app.screen;

import org.jspecify.annotations.NullMarked;

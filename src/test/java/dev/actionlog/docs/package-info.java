/**
 * Tests for what the manual says.
 */
@NullMarked
package dev.actionlog.docs;

import org.jspecify.annotations.NullMarked;

/**
 * What tests share: the two databases, and a small host of the library.
 */
@NullMarked
package dev.actionlog.testing;

import org.jspecify.annotations.NullMarked;

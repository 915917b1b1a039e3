/**
 * What tests share: the two databases, a small application of the library, the
 * application on a real server, and a person's browser.
 */
@NullMarked
package dev.actionlog.testing;

import org.jspecify.annotations.NullMarked;

/**
 * An application that knows nothing of the library's insides and uses the same plain
 * names for its own classes, beans, entities and tables.
 */
@NullMarked
package dev.actionlog.example;

import org.jspecify.annotations.NullMarked;

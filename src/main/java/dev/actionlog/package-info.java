/**
 * Recent actions and flash messages for Spring Boot applications.
 * <p>
 * Each package below this one is a module. {@code database}, {@code text},
 * {@code profile}, {@code action} and {@code flash} are the library, which any
 * application gets through auto-configuration; {@code app} is the web application that
 * uses it as any other would.
 */
@NullMarked
package dev.actionlog;

import org.jspecify.annotations.NullMarked;

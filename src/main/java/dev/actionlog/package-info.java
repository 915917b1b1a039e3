/**
 * Recent actions and flash messages for Spring Boot applications.
 * <p>
 * Each package below this one is a module. {@code database}, {@code text},
 * {@code profile}, {@code action}, {@code flash} and {@code live} are the library, which
 * any application gets through auto-configuration; {@code app} is the web application
 * that uses it as any other would. The library's resources are {@code dev/actionlog},
 * {@code templates/actionlog} and {@code META-INF}; all others are the application's.
 */
@NullMarked
package dev.actionlog;

import org.jspecify.annotations.NullMarked;

/**
 * The devices that people use: what a browser calls itself, its network, and the cookie
 * by which it is known again.
 */
@NullMarked
package dev.actionlog.app.device;

import org.jspecify.annotations.NullMarked;

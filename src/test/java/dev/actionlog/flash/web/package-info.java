/**
 * Flash messages on real servers: how responses end, many nodes, and nodes that die.
 */
@NullMarked
package dev.actionlog.flash.web;

import org.jspecify.annotations.NullMarked;

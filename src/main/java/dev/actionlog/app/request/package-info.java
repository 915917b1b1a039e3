/**
 * The bounds of requests: how many a client has in flight, how many wait for a thread,
 * how many change something for one user at a time, how large their bodies are and how
 * long they may take to arrive. What is beyond them is refused before anything else looks
 * at it. {@code ExpiredForm} is what is shown again of a form that could not be taken.
 */
@NullMarked
package dev.actionlog.app.request;

import org.jspecify.annotations.NullMarked;

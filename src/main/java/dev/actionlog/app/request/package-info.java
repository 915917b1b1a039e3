/**
 * The bounds of requests: how many a client has in flight, how large their bodies are and
 * how long they may take to arrive. What is beyond them is refused before anything else
 * looks at it. {@code ExpiredForm} is what is shown again of a form that came too late.
 */
@NullMarked
package dev.actionlog.app.request;

import org.jspecify.annotations.NullMarked;

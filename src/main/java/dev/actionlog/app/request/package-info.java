/**
 * The bounds of requests: how many a client has in flight, how large their bodies are and
 * how long they may take to arrive. What is beyond them is refused before anything else
 * looks at it. A form that came too late is kept for its sender.
 */
@NullMarked
package dev.actionlog.app.request;

import org.jspecify.annotations.NullMarked;

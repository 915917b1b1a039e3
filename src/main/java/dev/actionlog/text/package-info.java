/**
 * Texts that are stored as a message code and shown in the reader's language.
 * <p>
 * A {@link dev.actionlog.text.Text} is stored as a message code with its arguments (or as
 * plain words) and an optional link. The words are found by a
 * {@link dev.actionlog.text.TextResolver} when they are shown, in the reader's language:
 * first in the application's {@code MessageSource}, then in the library's own bundle,
 * which is no bean because an application's {@code MessageSource} must stay the only one.
 * <p>
 * A line in a log must never be able to break the operation that it describes. So too
 * long is cut, what a database cannot store is dropped, and rendering never throws. Only
 * a caller's plain mistakes (a blank text, a ninth argument, a link that leads off the
 * site) are refused, before any SQL. There is no HTML in a text.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.actionlog.text;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;

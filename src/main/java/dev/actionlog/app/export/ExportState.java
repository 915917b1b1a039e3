package dev.actionlog.app.export;

import java.time.Instant;

/**
 * How far an export is.
 *
 * @param state one of {@code RUNNING}, {@code READY} and {@code FAILED}
 * @param until until when the file is there, if it is
 */
record ExportState(String state, Instant until) {
}

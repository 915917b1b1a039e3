package dev.actionlog.app.export;

/**
 * Event for a user having asked for an export.
 *
 * @param username the user
 * @param job the job that makes it
 */
record ExportRequested(String username, String job) {
}

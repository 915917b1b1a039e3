package dev.actionlog.app.export;

/**
 * A user has asked for an export.
 *
 * @param username the user
 * @param job the job that makes it
 */
record ExportRequested(String username, String job) {
}

package dev.actionlog.flash;

/**
 * An announcement was published or changed. {@link Announcements} publishes this event in
 * the thread that does so, before the commit of a caller's transaction.
 *
 * @param announcement the announcement
 */
public record AnnouncementPublished(Announcement announcement) {
}

package dev.actionlog.docs;

import java.time.Instant;

import dev.actionlog.action.ActionHistories;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.Announcements;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.profile.ProfileService;
import org.jspecify.annotations.NullUnmarked;

import org.springframework.test.web.servlet.assertj.MockMvcTester;

/**
 * What the snippets of the manual take for granted: the beans of the library under the
 * names that it uses for them, and those of an application with photos and orders.
 */
@NullUnmarked
@SuppressWarnings("unused")
public class SnippetContext {

	/** Records actions. */
	protected ActionService actions;

	/** Says the actions of users. */
	protected ActionHistories histories;

	/** The messages of the visitor. */
	protected FlashMessages flash;

	/** Leaves messages. */
	protected FlashSender sender;

	protected Announcements announcements;

	/** Deletes and renames profiles. */
	protected ProfileService profiles;

	/** Calls the application. */
	protected MockMvcTester mvc;

	/** The photos of the application. */
	protected Photos photos;

	/** The orders of the application. */
	protected Orders orders;

	/** The mails of the application. */
	protected Mails mails;

	/** The title of a photo. */
	protected String title;

	/** How many orders failed. */
	protected int failed;

	/**
	 * The photos of an application.
	 */
	public interface Photos {

		void save(Photo photo);

	}

	/**
	 * A photo.
	 *
	 * @param title its title
	 */
	public record Photo(String title) {
	}

	/**
	 * The mails of an application.
	 */
	public interface Mails {

		void passwordChanged(String username, Instant when);

	}

	/**
	 * The orders of an application.
	 */
	public interface Orders {

		int importFrom(String file);

	}

}

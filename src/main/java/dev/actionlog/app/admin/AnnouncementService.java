package dev.actionlog.app.admin;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import dev.actionlog.action.ActionService;
import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.AccountRepository;
import dev.actionlog.app.security.SecurityEventType;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.flash.Announcement;
import dev.actionlog.flash.AnnouncementDraft;
import dev.actionlog.flash.Announcements;
import dev.actionlog.flash.FlashMessages;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Service that publishes, changes and withdraws messages to many users. A change, its
 * line in the recent actions of who makes it, and its security event are one transaction,
 * which locks the account, and those of users who are named, before the library locks
 * profiles.
 */
@Service
@Transactional
class AnnouncementService {

	private final Announcements announcements;

	private final AccountRepository accounts;

	private final Usernames usernames;

	private final FormTokens forms;

	private final ActionService actions;

	private final SecurityEvents events;

	private final FlashMessages flash;

	AnnouncementService(Announcements announcements, AccountRepository accounts, Usernames usernames, FormTokens forms,
			ActionService actions, SecurityEvents events, FlashMessages flash) {
		this.announcements = announcements;
		this.accounts = accounts;
		this.usernames = usernames;
		this.forms = forms;
		this.actions = actions;
		this.events = events;
		this.flash = flash;
	}

	/**
	 * Publishes a message. Where its form was sent before, does nothing.
	 * @return {@code false} if a user who is named is not there any more
	 * @throws IllegalArgumentException as {@link Announcements#publish} does
	 */
	boolean publish(Account account, AnnouncementDraft draft, String token) {
		if (!lock(account, draft)) {
			return false;
		}
		if (this.forms.add(account.getUsername(), token)) {
			tell(account, "announcement.sent", SecurityEventType.ANNOUNCEMENT_SENT, this.announcements.publish(draft));
		}
		return true;
	}

	/**
	 * Changes a message. Where its form was sent before, does nothing.
	 * @return {@code false} if a user who is named is not there any more
	 * @throws IllegalArgumentException as {@link Announcements#change} does
	 * @throws IllegalStateException if it cannot be changed any more
	 */
	boolean change(Account account, String id, AnnouncementDraft draft, String token) {
		if (!lock(account, draft)) {
			return false;
		}
		if (this.forms.add(account.getUsername(), token)) {
			tell(account, "announcement.changed", SecurityEventType.ANNOUNCEMENT_CHANGED,
					this.announcements.change(id, draft));
		}
		return true;
	}

	/**
	 * Withdraws a message. Where that is not possible any more, only tells so.
	 * @param announcement the message as it was when the request began
	 */
	void withdraw(Account account, Announcement announcement) {
		this.accounts.getForUpdate(account);
		if (this.announcements.withdraw(announcement.id())) {
			tell(account, "announcement.withdrawn", SecurityEventType.ANNOUNCEMENT_WITHDRAWN, announcement);
		}
		else {
			this.flash.warning("announcement.ended");
		}
	}

	private boolean lock(Account account, AnnouncementDraft draft) {
		Set<String> names = new HashSet<>(Objects.requireNonNullElse(draft.usernames(), Set.of()));
		names.add(account.getUsername());
		boolean complete = this.usernames.lock(names).size() == names.size();
		this.accounts.getForUpdate(account);
		return complete;
	}

	private void tell(Account account, String code, SecurityEventType type, Announcement announcement) {
		String words = announcement.message().text().getMessage();
		int recipients = Objects.requireNonNullElse(announcement.recipients(), 0);
		this.actions.recordFor(account.getUsername(), code, words, recipients);
		this.events.record(account.getUsername(), type);
		this.flash.success(code, words, recipients);
	}

}

package dev.actionlog.app.profile;

import java.util.Optional;

import dev.actionlog.action.ActionService;
import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.AccountRepository;
import dev.actionlog.app.security.SecurityEventType;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.flash.FlashMessages;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Service for the changes that the owner makes on the profile page. Each operation, its
 * recorded action and its message are one transaction, which first locks the account.
 */
@Service
@Transactional
class ProfilePageService {

	private final AccountRepository accounts;

	private final PhotoRepository photos;

	private final ActionService actions;

	private final FlashMessages flash;

	private final SecurityEvents events;

	ProfilePageService(AccountRepository accounts, PhotoRepository photos, ActionService actions, FlashMessages flash,
			SecurityEvents events) {
		this.accounts = accounts;
		this.photos = photos;
		this.actions = actions;
		this.flash = flash;
		this.events = events;
	}

	/**
	 * Changes the name. Where it is the same, does and records nothing.
	 */
	void changeName(Account account, String name) {
		Account locked = this.accounts.getForUpdate(account);
		if (locked.getDisplayName().equals(name)) {
			return;
		}
		locked.rename(name);
		this.actions.record("name.changed", name);
		this.flash.success("name.changed", name);
	}

	void changePhoto(Account account, Photo photo) {
		Account locked = this.accounts.getForUpdate(account);
		this.photos.save(photo);
		locked.photoChanged();
		this.actions.record("photo.changed");
		this.flash.success("photo.changed");
	}

	/**
	 * Removes the photo. Where there is none, does and records nothing.
	 */
	void removePhoto(Account account) {
		Account locked = this.accounts.getForUpdate(account);
		if (locked.getPhotoTag() != null) {
			this.photos.deleteByUsername(locked.getUsername());
			locked.photoRemoved();
			this.actions.record("photo.removed");
			this.flash.success("photo.removed");
		}
	}

	/**
	 * Clears the recent actions but for one, which says that and when it was done.
	 */
	void clearActions(Account account) {
		this.accounts.getForUpdate(account);
		this.actions.keepNewest(0);
		this.actions.record("actions.cleared");
		this.events.record(account.getUsername(), SecurityEventType.ACTIONS_CLEARED);
		this.flash.success("actions.cleared");
	}

	/**
	 * How many actions a limit would delete.
	 */
	@Transactional(readOnly = true)
	int countBeyond(Account account, int keep) {
		return Math.max(0, this.actions.recentFor(account.getUsername()).size() - keep);
	}

	/**
	 * Changes how many actions are kept. Where it is as many as before, does and records
	 * nothing.
	 */
	void keepActions(Account account, int keep) {
		this.accounts.getForUpdate(account);
		int before = this.actions.limitFor(account.getUsername());
		if (keep == before) {
			return;
		}
		if (keep < before) {
			this.events.record(account.getUsername(), SecurityEventType.KEEP_LOWERED);
		}
		this.actions.setKeep(account.getUsername(), keep);
		this.flash.success("keep.changed", keep);
	}

	@Transactional(readOnly = true)
	Optional<Photo> photo(String username) {
		return this.photos.findById(username);
	}

}

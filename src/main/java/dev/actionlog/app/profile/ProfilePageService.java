package dev.actionlog.app.profile;

import java.util.Optional;

import dev.actionlog.action.ActionService;
import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.AccountRepository;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the owner changes on the profile page. Each deed and its line in the log are one
 * transaction.
 */
@Service
@Transactional
class ProfilePageService {

	private final AccountRepository accounts;

	private final PhotoRepository photos;

	private final ActionService actions;

	ProfilePageService(AccountRepository accounts, PhotoRepository photos, ActionService actions) {
		this.accounts = accounts;
		this.photos = photos;
		this.actions = actions;
	}

	void changeName(String username, String name) {
		this.accounts.getForUpdate(username).rename(name);
		this.actions.record("name.changed", name);
	}

	void changePhoto(Photo photo) {
		Account account = this.accounts.getForUpdate(photo.getUsername());
		this.photos.save(photo);
		account.photoChanged();
		this.actions.record("photo.changed");
	}

	/**
	 * Removes the photo; where there is none, nothing is done and nothing recorded.
	 */
	void removePhoto(String username) {
		Account account = this.accounts.getForUpdate(username);
		if (account.getPhotoTag() != null) {
			this.photos.deleteByUsername(username);
			account.photoRemoved();
			this.actions.record("photo.removed");
		}
	}

	@Transactional(readOnly = true)
	Optional<Photo> photo(String username) {
		return this.photos.findById(username);
	}

}

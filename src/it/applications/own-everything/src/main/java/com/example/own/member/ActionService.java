package com.example.own.member;

import dev.actionlog.flash.FlashMessages;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The application's own actions, which use the library's.
 */
@Service
@Transactional
public class ActionService {

	private final ProfileService profiles;

	private final dev.actionlog.action.ActionService actions;

	private final FlashMessages flash;

	ActionService(ProfileService profiles, dev.actionlog.action.ActionService actions, FlashMessages flash) {
		this.profiles = profiles;
		this.actions = actions;
		this.flash = flash;
	}

	public void changeMotto(String name, String motto) {
		this.profiles.changeMotto(name, motto);
		this.actions.record("motto.changed", motto);
		this.flash.success("motto.changed", motto);
	}

}

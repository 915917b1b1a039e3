package com.example.own.member;

import org.springframework.stereotype.Service;

@Service
public class ProfileService {

	private final UserProfileRepository profiles;

	ProfileService(UserProfileRepository profiles) {
		this.profiles = profiles;
	}

	public String motto(String name) {
		return this.profiles.findById(name).map(UserProfile::getMotto).orElse("");
	}

	void changeMotto(String name, String motto) {
		this.profiles.save(new UserProfile(name, motto));
	}

}

package com.example.own.member;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class UserProfile {

	@Id
	private String name;

	private String motto;

	protected UserProfile() {
	}

	UserProfile(String name, String motto) {
		this.name = name;
		this.motto = motto;
	}

	public String getMotto() {
		return this.motto;
	}

}

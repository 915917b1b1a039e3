package dev.actionlog.example;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * The application's own profile.
 */
@Entity
public class UserProfile {

	@Id
	private Long id;

	private String motto;

	// for JPA
	@SuppressWarnings("NullAway.Init")
	protected UserProfile() {
	}

	/**
	 * A profile of the application.
	 * @param id its id
	 * @param motto what the user says
	 */
	public UserProfile(long id, String motto) {
		this.id = id;
		this.motto = motto;
	}

	public Long getId() {
		return this.id;
	}

	public String getMotto() {
		return this.motto;
	}

	public void setMotto(String motto) {
		this.motto = motto;
	}

}

package dev.actionlog.example;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * The application's own action.
 */
@Entity
public class Action {

	@Id
	private Long id;

	// for JPA
	@SuppressWarnings("NullAway.Init")
	protected Action() {
	}

	public Long getId() {
		return this.id;
	}

}

package com.example.plain;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
class Photo {

	@Id
	@GeneratedValue
	private Long id;

	private String title;

	protected Photo() {
	}

	Photo(String title) {
		this.title = title;
	}

}

package com.example.plain;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;

import static dev.actionlog.test.ActionLogAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice test of the database, with the library's tables and services.
 */
@DataJpaTest
class PhotoRepositoryTests {

	@Autowired
	private PhotoRepository photos;

	@Autowired
	private ActionService actions;

	@Autowired
	private FlashSender sender;

	@Test
	void savesBesideTheLibrary() {
		this.photos.save(new Photo("Cat"));
		this.actions.recordFor("ann", "photo.added", "Cat");
		this.sender.send("ann", FlashLevel.INFO, "photo.added", "Cat");
		assertThat(this.photos.count()).isEqualTo(1);
		assertThat(this.actions).ofUser("ann").containsExactly("photo.added");
		assertThat(this.sender).ofUser("ann").containsExactly("photo.added");
	}

}

package com.example.plain;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashSender;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.actionlog.test.ActionLogAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * The whole application.
 */
@SpringBootTest
@AutoConfigureMockMvc
@WithMockUser("ann")
class PlainApplicationTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private ActionService actions;

	@Autowired
	private FlashSender sender;

	@Test
	void pageShowsTheActionAndOnceTheMessage() {
		assertThat(this.mvc.post().uri("/photos").param("title", "<Cat>").with(csrf())).hasStatus(HttpStatus.SEE_OTHER)
			.hasRedirectedUrl("/photos");
		assertThat(this.actions).ofUser("ann").containsExactly("photo.added");
		assertThat(this.sender).ofUser("ann").containsExactly("photo.added");

		assertThat(this.mvc.get().uri("/photos")).bodyText()
			.contains("<div class=\"success\" data-level=\"success\">", "<li data-code=\"photo.added\">",
					"<a dir=\"auto\" href=\"/photos\">Photo &lt;Cat&gt; added</a>");

		assertThat(this.sender).ofUser("ann").isEmpty();
		assertThat(this.mvc.get().uri("/photos")).bodyText()
			.contains("<li data-code=\"photo.added\">")
			.doesNotContain("data-level");
	}

}

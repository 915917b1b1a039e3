package com.example.plain;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice test of a page that does not use the library: it is as it was before.
 */
@WebMvcTest(HelpController.class)
class HelpControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	@WithMockUser("ann")
	void showsThePage() {
		assertThat(this.mvc.get().uri("/help")).hasStatusOk().bodyText().contains("<p>Photos</p>");
	}

	@Test
	void isProtected() {
		assertThat(this.mvc.get().uri("/help")).hasStatus(HttpStatus.UNAUTHORIZED);
	}

}

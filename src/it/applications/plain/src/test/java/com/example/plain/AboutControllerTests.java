package com.example.plain;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice test without beans of the library: the page is rendered without the fragments.
 */
@WebMvcTest(AboutController.class)
@WithMockUser("ann")
class AboutControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void fragmentsShowNothing() {
		assertThat(this.mvc.get().uri("/about")).hasStatusOk()
			.bodyText()
			.contains("<h1>Photos</h1>")
			.doesNotContain("flash-messages", "action-history");
	}

}

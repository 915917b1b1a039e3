package com.example.api;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashMessages;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice test of a controller that does not use the library: it is as it was before.
 */
@WebMvcTest(VersionController.class)
class VersionControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private ApplicationContext application;

	@Test
	@WithMockUser("ann")
	void answers() {
		assertThat(this.mvc.get().uri("/version")).hasStatusOk().hasBodyTextEqualTo("1");
	}

	@Test
	void isProtected() {
		assertThat(this.mvc.get().uri("/version")).hasStatus(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void nothingOfTheLibraryTakesPart() {
		assertThat(this.application.getBeanProvider(ActionService.class).stream()).isEmpty();
		assertThat(this.application.getBeanProvider(FlashMessages.class).stream()).isEmpty();
		assertThat(this.application.getBeanNamesForType(FilterRegistrationBean.class))
			.noneMatch((name) -> name.startsWith("actionlog"));
	}

}

package com.example.plain;

import java.time.Instant;
import java.util.List;

import dev.actionlog.action.Action;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashMessage;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.text.Text;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * A slice test in which the library's services are mocked.
 */
@WebMvcTest(PhotoController.class)
@WithMockUser("ann")
class PhotoControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private PhotoRepository photos;

	@MockitoBean
	private ActionService actions;

	@MockitoBean
	private FlashMessages flash;

	@Test
	void recordsAndTells() {
		assertThat(this.mvc.post().uri("/photos").param("title", "Cat").with(csrf())).hasStatus(HttpStatus.SEE_OTHER);
		verify(this.actions).record(Text.of("photo.added", "Cat").link("/photos"));
		verify(this.flash).success("photo.added", "Cat");
	}

	@Test
	void fragmentsShowWhatTheMocksHave() {
		Text text = Text.of("photo.added", "Cat");
		given(this.flash.list())
			.willReturn(List.of(new FlashMessage(FlashLevel.SUCCESS, "success", text, "", Instant.EPOCH, Instant.MAX)));
		Action action = mock();
		given(action.getText()).willReturn(text);
		given(action.getRecordedAt()).willReturn(Instant.EPOCH);
		given(this.actions.recentFor("ann")).willReturn(List.of(action));
		assertThat(this.mvc.get().uri("/photos")).bodyText()
			.contains("data-level=\"success\"", "<li data-code=\"photo.added\">", "Photo Cat added");
	}

	@Test
	void fragmentsAreEmptyWhereTheMocksHaveNothing() {
		assertThat(this.mvc.get().uri("/photos")).bodyText().contains("Nothing yet").doesNotContain("data-level");
	}

}

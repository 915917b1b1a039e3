package com.example.webflux;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashSender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.actionlog.test.ActionLogAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.csrf;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.mockUser;

/**
 * The whole application.
 */
@SpringBootTest
@AutoConfigureWebTestClient
@ExtendWith(OutputCaptureExtension.class)
class WebFluxApplicationTests {

	private final WebTestClient client;

	@Autowired
	private ActionService actions;

	@Autowired
	private FlashSender sender;

	WebFluxApplicationTests(@Autowired WebTestClient client) {
		this.client = client.mutateWith(csrf())
			.mutateWith(mockUser("ann"))
			.mutate()
			.defaultHeader("Accept-Language", "en")
			.build();
	}

	@Test
	@DirtiesContext
	void namedUserHasTheActionAndTheMessage() {
		this.client.post().uri("/photos?title=Cat").exchange().expectStatus().isOk();
		assertThat(this.actions).ofUser("ann").containsExactly("photo.added");
		assertThat(this.sender).ofUser("ann").containsExactly("photo.added");
		this.client.get().uri("/actions").exchange().expectBody().json("[{'text':'Photo Cat added'}]");
		this.client.get().uri("/messages").exchange().expectBody().json("[{'text':'Photo Cat added'}]");
	}

	@Test
	void methodsForTheCurrentUserSayWhatToUse() {
		assertThatIllegalStateException().isThrownBy(() -> this.actions.record("photo.added"))
			.withMessageContaining("recordFor")
			.withMessageContaining("ReactiveSecurityContextHolder");
		assertThatIllegalStateException().isThrownBy(this.actions::recent).withMessageContaining("recentFor");
		this.client.post().uri("/mistake").exchange().expectStatus().is5xxServerError();
	}

	@Test
	@DirtiesContext
	void fragmentsShowNothingAndTheLogSaysWhyOnce(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			this.client.get()
				.uri("/photos")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.value((page) -> assertThat(page).contains("<h1>Photos</h1>")
					.doesNotContain("flash-messages", "action-history"));
		}
		assertThat(output).containsOnlyOnce("#flashMessages shows nothing: ")
			.containsOnlyOnce("#actionHistory shows nothing: ");
	}

}

package com.example.nosecurity;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The user is the servlet's principal; without one, the messages are the session's.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class ServletPrincipalTests {

	@Autowired
	private RestTestClient client;

	@Test
	void userSeesOwnActionsAndMessages() {
		order("X-User", "ann");
		assertThat(page("X-User", "bob")).contains("Nothing yet").doesNotContain("Ordered", "Thank you");
		assertThat(page("X-User", "ann")).contains("Ordered", "Thank you");
		assertThat(page("X-User", "ann")).contains("Ordered").doesNotContain("Thank you");
	}

	@Test
	void anonymousVisitorSeesTheMessageOnly() {
		String cookie = order("X-Nobody", "");
		assertThat(page(HttpHeaders.COOKIE, cookie)).contains("Thank you").doesNotContain("action-history");
		assertThat(page(HttpHeaders.COOKIE, cookie)).doesNotContain("Thank you");
	}

	private String order(String header, String value) {
		return this.client.post()
			.uri("/orders")
			.header(header, value)
			.exchange()
			.expectStatus()
			.isSeeOther()
			.returnResult()
			.getResponseHeaders()
			.getFirst(HttpHeaders.SET_COOKIE);
	}

	private String page(String header, String value) {
		return this.client.get()
			.uri("/orders")
			.header(header, value)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}

package com.example.own;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application's own beans and classes are used, and the library works beside them.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class OwnApplicationTests {

	@Autowired
	private RestTestClient client;

	@Test
	void everythingStaysTheApplicationsOwn() {
		this.client.get().uri("/motto").exchange().expectStatus().isUnauthorized();
		assertThat(page()).contains("<h1>Carpe diem</h1>", "The footer of the layout", "Nothing yet")
			.doesNotContain("data-level");

		this.client.post()
			.uri("/motto?motto=Excelsior")
			.headers((headers) -> headers.setBasicAuth("ann", "secret"))
			.exchange()
			.expectStatus()
			.isSeeOther();

		assertThat(page()).contains("<h1>Excelsior</h1>", "data-level=\"success\"", "Your motto is now Excelsior",
				"What you did", "datetime=\"2001-02-03T04:05:06Z\"");
		assertThat(page()).contains("Your motto is now Excelsior").doesNotContain("data-level");
	}

	private String page() {
		return this.client.get()
			.uri("/motto")
			.headers((headers) -> headers.setBasicAuth("ann", "secret"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("X-Interceptor", "own")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}

package com.example.api;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * A client gets the actions at every request, and each message once.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class ApiApplicationTests {

	@Autowired
	private RestTestClient client;

	@Test
	void deliversTheMessageOnceAndTheActionAlways() {
		this.client.post()
			.uri("/photos?title=Cat")
			.headers((headers) -> headers.setBasicAuth("ann", "secret"))
			.exchange()
			.expectStatus()
			.isCreated();
		expect("/messages").json("[{'level':'success','text':'Photo Cat added'}]");
		expect("/messages").json("[]");
		for (int i = 0; i < 2; i++) {
			expect("/actions").jsonPath("$.length()").isEqualTo(1).jsonPath("$[0].text").isEqualTo("Photo Cat added");
		}
	}

	private RestTestClient.BodyContentSpec expect(String path) {
		return this.client.get()
			.uri(path)
			.headers((headers) -> headers.setBasicAuth("ann", "secret"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody();
	}

}

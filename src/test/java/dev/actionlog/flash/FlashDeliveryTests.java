package dev.actionlog.flash;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlashDelivery}.
 */
class FlashDeliveryTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void pageIsSeen() {
		assertThat(FlashDelivery.canBeSeen(this.request)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "document", "iframe", "frame", "embed", "object", "empty" })
	void documentsAreSeen(String destination) {
		this.request.addHeader("Sec-Fetch-Dest", destination);
		assertThat(FlashDelivery.canBeSeen(this.request)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Dest,image", "Sec-Fetch-Dest,script", "Sec-Fetch-Dest,style", "Sec-Purpose,prefetch",
			"Sec-Purpose,prefetch;prerender", "Purpose,prefetch", "X-Moz,prefetch" })
	void partsOfPagesAndPrefetchedPagesAreNotSeen(String header, String value) {
		this.request.addHeader(header, value);
		assertThat(FlashDelivery.canBeSeen(this.request)).isFalse();
	}

	@Test
	void headIsNotSeen() {
		this.request.setMethod("HEAD");
		assertThat(FlashDelivery.canBeSeen(this.request)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "text/html;charset=UTF-8", "TEXT/HTML", "application/xhtml+xml",
			"text/vnd.turbo-stream.html", "text/vnd.turbo-stream.html; charset=utf-8" })
	void pagesAreDelivered(String type) {
		assertThat(isDelivered(200, type, false)).isTrue();
		assertThat(isDelivered(404, type, false)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "text/plain", "application/octet-stream" })
	void otherTypesAreDeliveredOnlyWhereTheHandlerTook(String type) {
		assertThat(isDelivered(200, type, false)).isFalse();
		assertThat(isDelivered(200, type, true)).isTrue();
		assertThat(isDelivered(400, type, true)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 205, 300, 302, 303, 304, 307 })
	void responsesWithoutContentThatStaysAreNotDelivered(int status) {
		assertThat(isDelivered(status, "text/html", false)).isFalse();
		assertThat(isDelivered(status, "text/html", true)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HX-Redirect", "HX-Location", "HX-Refresh" })
	void responsesThatLeaveThePageAreNotDelivered(String header) {
		this.response.setHeader(header, "/next");
		assertThat(isDelivered(200, "text/html", false)).isFalse();
		assertThat(isDelivered(200, "application/json", true)).isFalse();
	}

	private boolean isDelivered(int status, String type, boolean taken) {
		this.response.setStatus(status);
		this.response.setContentType(type);
		return FlashDelivery.isDelivered(this.response, taken);
	}

}

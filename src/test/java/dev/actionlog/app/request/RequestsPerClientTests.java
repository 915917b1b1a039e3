package dev.actionlog.app.request;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestsPerAddressFilter}.
 */
class RequestsPerAddressFilterTests {

	private final RequestsPerAddressFilter filter = new RequestsPerAddressFilter(1);

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1, 429", "192.0.2.1, 192.0.2.2, 200", "2001:db8:1::1, 2001:db8:1:2::9, 429",
			"2001:db8:1::1, 2001:db8:2::1, 200" })
	void countsAnAddressOrAnIpv6Network(String address, String other, int status) throws ServletException, IOException {
		MockHttpServletResponse meanwhile = new MockHttpServletResponse();
		MockHttpServletResponse afterwards = new MockHttpServletResponse();
		this.filter.doFilter(request(address), new MockHttpServletResponse(),
				(request, response) -> this.filter.doFilter(request(other), meanwhile, (counted, answer) -> {
				}));
		assertThat(meanwhile.getStatus()).isEqualTo(status);
		this.filter.doFilter(request(other), afterwards, (request, response) -> {
		});
		assertThat(afterwards.getStatus()).isEqualTo(200);
	}

	private static HttpServletRequest request(String address) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(address);
		return request;
	}

}

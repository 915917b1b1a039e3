package dev.actionlog.app.request;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestsPerClient}.
 */
class RequestsPerClientTests {

	private final RequestsPerClient requests = new RequestsPerClient(1);

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1, false", "192.0.2.1, 192.0.2.2, true", "2001:db8:1::1, 2001:db8:1:2::9, false",
			"2001:db8:1::1, 2001:db8:2::1, true" })
	void countsAnAddressOrAnIpv6Network(String address, String other, boolean allowed) {
		assertThat(this.requests.begin(address)).isTrue();
		assertThat(this.requests.begin(other)).isEqualTo(allowed);
		this.requests.end(other);
		this.requests.end(address);
		assertThat(this.requests.begin(other)).isTrue();
	}

}

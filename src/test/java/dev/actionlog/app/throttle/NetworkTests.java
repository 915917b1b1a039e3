package dev.actionlog.app.throttle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Network}.
 */
class NetworkTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.255", "2001:db8:1::1, 2001:db8:1:ffff::2", "2001:DB8:1::1, 2001:db8:1::1",
			"::ffff:192.0.2.1, ::ffff:192.0.2.7" })
	void addressesOfANetworkAreOne(String one, String other) {
		assertThat(Network.of(one)).isEqualTo(Network.of(other));
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.3.1", "2001:db8:1::1, 2001:db8:2::1", "::ffff:192.0.2.1, ::ffff:192.0.3.1",
			"nowhere:1, nowhere:2" })
	void addressesOfOthersAreNot(String one, String other) {
		assertThat(Network.of(one)).isNotEqualTo(Network.of(other));
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.0/24", "2001:db8:1:2::1, 2001:db8:1::/48", "::ffff:192.0.2.1, 192.0.2.0/24" })
	void aNetworkIsWrittenWithItsLength(String address, String network) {
		assertThat(Network.of(address)).isEqualTo(network);
	}

	@Test
	void whatIsNoAddressIsCutAndNotLookedUp() {
		assertThat(Network.of("x:".repeat(100_000))).hasSize(64);
		assertThat(Network.of("")).isEmpty();
	}

}

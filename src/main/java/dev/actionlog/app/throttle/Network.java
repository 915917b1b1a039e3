package dev.actionlog.app.throttle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The network of an address: the first 24 bits of an IPv4 address, the first 48 of an
 * IPv6 address, because one subscriber can have as many addresses as that.
 */
final class Network {

	private static final int MAX_LENGTH = 64;

	private Network() {
	}

	static String of(String address) {
		if (address.length() > MAX_LENGTH) {
			return address.substring(0, MAX_LENGTH);
		}
		// a text without a colon might be looked up in the DNS
		if (address.indexOf(':') < 0) {
			return address.substring(0, address.lastIndexOf('.') + 1);
		}
		try {
			byte[] bytes = InetAddress.getByName(address).getAddress();
			return HexFormat.of().formatHex(Arrays.copyOf(bytes, (bytes.length == 4) ? 3 : 6));
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

}

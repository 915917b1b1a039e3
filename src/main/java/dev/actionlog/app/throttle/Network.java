package dev.actionlog.app.throttle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The network of an address: the first 24 bits of an IPv4 address, the first 48 of an
 * IPv6 address, because one subscriber can have as many addresses as that.
 */
public final class Network {

	private static final int MAX_LENGTH = 64;

	private Network() {
	}

	/**
	 * The network of an address.
	 * @param address the address as text
	 * @return such as {@code 192.0.2.0/24}; of what is no address a part of at most
	 * {@value #MAX_LENGTH} characters
	 */
	public static String of(String address) {
		if (address.length() > MAX_LENGTH) {
			return address.substring(0, MAX_LENGTH);
		}
		// a text without a colon might be looked up in the DNS
		if (address.indexOf(':') < 0) {
			int end = address.lastIndexOf('.') + 1;
			return (end > 0) ? address.substring(0, end) + "0/24" : "";
		}
		try {
			byte[] bytes = InetAddress.getByName(address).getAddress();
			int length = (bytes.length == 4) ? 3 : 6;
			byte[] network = Arrays.copyOf(Arrays.copyOf(bytes, length), bytes.length);
			return InetAddress.getByAddress(network).getHostAddress().replaceFirst("(^0)?(:0)+$", "::") + "/"
					+ 8 * length;
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

}

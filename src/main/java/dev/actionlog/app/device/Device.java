package dev.actionlog.app.device;

import java.io.Serializable;

/**
 * A browser on a device.
 *
 * @param id the hash of its cookie, or an empty text where it has none
 * @param browser the name of the browser, {@value #UNKNOWN} where it is not known, at
 * most {@value #MAX_LENGTH} long
 * @param system the name of the operating system, likewise
 * @param network the network, such as {@code 192.0.2.0/24}
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // a record, too, has a page of its serialized form
public record Device(String id, String browser, String system, String network) implements Serializable {

	/** The longest name of a browser or an operating system. */
	public static final int MAX_LENGTH = 60;

	static final String UNKNOWN = "Other";

	/**
	 * The message code of what the device is called.
	 * @return the code of a message with two arguments, the browser and the operating
	 * system
	 */
	public String nameCode() {
		if (this.browser.equals(UNKNOWN)) {
			return "device.unknown";
		}
		return this.system.equals(UNKNOWN) ? "device.browser" : "device.browser-and-system";
	}

}

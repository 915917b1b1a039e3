package dev.actionlog.app.device;

import java.time.Duration;
import java.util.Base64;

import dev.actionlog.app.Hashes;
import dev.actionlog.app.HostCookie;
import dev.actionlog.app.throttle.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import ua_parser.Parser;

import org.springframework.http.HttpHeaders;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.stereotype.Component;

/**
 * Finds out which device sends a request. A device where somebody has signed in gets a
 * cookie with a random token, which stays when the session ends, so that the next sign-in
 * is known to be from the same device. It says nothing else, and lets nobody in.
 */
@Component
public class Devices {

	/** For how long a device is known. Browsers keep no cookie for longer. */
	public static final Duration COOKIE_LIFETIME = Duration.ofDays(400);

	private static final HostCookie COOKIE = new HostCookie("device");

	/** No browser calls itself by more, and the patterns need not search in more. */
	private static final int MAX_USER_AGENT_LENGTH = 300;

	private static final int TOKEN_LENGTH = 44;

	private final Parser parser = new Parser();

	private final StringKeyGenerator tokens = new Base64StringKeyGenerator(Base64.getUrlEncoder());

	/**
	 * The device of a request.
	 * @param request the request
	 * @return the device
	 */
	public Device of(HttpServletRequest request) {
		String userAgent = request.getHeader(HttpHeaders.USER_AGENT);
		String known = (userAgent != null && userAgent.length() <= MAX_USER_AGENT_LENGTH) ? userAgent : "";
		return new Device(id(request), name(this.parser.parseUserAgent(known).family),
				name(this.parser.parseOS(known).family), Network.of(request.getRemoteAddr()));
	}

	/**
	 * The device of a request that signs in, which from now on has a cookie.
	 * @param request the request
	 * @param response the response, which is not committed yet
	 * @return the device
	 */
	public Device remember(HttpServletRequest request, HttpServletResponse response) {
		Device device = of(request);
		String token = device.id().isEmpty() ? this.tokens.generateKey() : token(request);
		COOKIE.set(token, COOKIE_LIFETIME, request, response);
		return new Device(Hashes.of(token), device.browser(), device.system(), device.network());
	}

	private static String name(String family) {
		return (family.length() <= Device.MAX_LENGTH) ? family : family.substring(0, Device.MAX_LENGTH);
	}

	private static String id(HttpServletRequest request) {
		String token = token(request);
		return token.isEmpty() ? "" : Hashes.of(token);
	}

	private static String token(HttpServletRequest request) {
		return COOKIE.find(request).filter((value) -> value.length() == TOKEN_LENGTH).orElse("");
	}

}

package dev.actionlog.app.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.actionlog.app.throttle.Network;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that bounds the requests of one client address that are in flight, so that a
 * client that sends slowly does not take all threads of the server. What is beyond the
 * bound is answered with the status 429, and its body is not waited for.
 */
public class RequestsPerAddressFilter extends OncePerRequestFilter {

	/**
	 * How much of a body that nobody has read is read, so that a browser sees the answer.
	 */
	private static final long MAX_REST = 100 * 1024 * 1024;

	/**
	 * The request attribute of a request that is counted, and only whose body may be
	 * waited for.
	 */
	static final String COUNTED = RequestsPerAddressFilter.class.getName() + ".counted";

	private final int max;

	/** The addresses, or IPv6 networks, with requests in flight only. */
	private final ConcurrentMap<String, Integer> inFlight = new ConcurrentHashMap<>();

	/**
	 * Creates the filter.
	 * @param max how many requests of one client can be in flight
	 */
	public RequestsPerAddressFilter(int max) {
		this.max = max;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String address = client(request.getRemoteAddr());
		int requests = this.inFlight.merge(address, 1, Integer::sum);
		try {
			if (requests > this.max) {
				response.setHeader(HttpHeaders.RETRY_AFTER, "1");
				response.setHeader(HttpHeaders.CONNECTION, "close");
				response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
			}
			else {
				request.setAttribute(COUNTED, true);
				chain.doFilter(request, response);
				readRest(request);
			}
		}
		finally {
			this.inFlight.computeIfPresent(address, (key, before) -> (before > 1) ? before - 1 : null);
		}
	}

	/**
	 * Who has one IPv6 address has many of its network.
	 */
	private static String client(String address) {
		return (address.indexOf(':') < 0) ? address : Network.of(address);
	}

	/**
	 * Reads the rest of the body while the request is counted, because the server would
	 * do it afterwards.
	 */
	private static void readRest(HttpServletRequest request) {
		try {
			request.getInputStream().skip(MAX_REST);
		}
		catch (IOException | UncheckedIOException ex) {
			// the answer is the same, whatever has become of the rest
		}
	}

}

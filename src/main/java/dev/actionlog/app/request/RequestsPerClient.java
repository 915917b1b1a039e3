package dev.actionlog.app.request;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.actionlog.app.throttle.Network;

/**
 * Counter of the requests of each client that are in flight. A client is an address, or
 * an IPv6 network, because who has one address of it has many.
 */
class RequestsPerClient {

	private final int max;

	/** Clients with requests in flight only. */
	private final ConcurrentMap<String, Integer> inFlight = new ConcurrentHashMap<>();

	/**
	 * Creates the counter.
	 * @param max how many requests of one client can be in flight
	 */
	RequestsPerClient(int max) {
		this.max = max;
	}

	/**
	 * Counts a request that begins.
	 * @return whether it is within the bound; it is counted anyway
	 */
	boolean begin(String address) {
		return this.inFlight.merge(client(address), 1, Integer::sum) <= this.max;
	}

	/**
	 * Counts a request that has ended.
	 */
	void end(String address) {
		this.inFlight.computeIfPresent(client(address), (key, before) -> (before > 1) ? before - 1 : null);
	}

	private static String client(String address) {
		return (address.indexOf(':') < 0) ? address : Network.of(address);
	}

}

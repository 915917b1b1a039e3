package dev.actionlog.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The open streams of this node, by the names of their users.
 */
class LiveStreams {

	/** More than anybody has browsers. */
	private static final int MAX_PER_USER = 8;

	/**
	 * A hint for many would otherwise bring all their requests at once.
	 */
	private static final int SPREAD_MILLIS = 2000;

	private final ScheduledExecutorService executor;

	private final Map<String, Map<String, LiveStream>> users = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * No streams.
	 * @param executor has one thread, in which they write
	 */
	LiveStreams(ScheduledExecutorService executor) {
		this.executor = executor;
	}

	/**
	 * Registers a stream, which takes the place of an earlier one of the same browser: a
	 * server notices late that a browser has gone.
	 * @param username the user
	 * @param browser tells the browsers of a user apart
	 * @return the stream, to be started, or empty where the user has too many
	 */
	Optional<LiveStream> open(String username, String browser) {
		LiveStream stream = new LiveStream(this.executor, (ended) -> remove(username, browser, ended));
		List<LiveStream> replaced = new ArrayList<>();
		Map<String, LiveStream> streams = this.users.compute(username, (name, before) -> {
			Map<String, LiveStream> all = (before != null) ? before : new ConcurrentHashMap<>();
			if (all.size() < MAX_PER_USER || all.containsKey(browser)) {
				Optional.ofNullable(all.put(browser, stream)).ifPresent(replaced::add);
			}
			return all;
		});
		replaced.forEach(LiveStream::end);
		Optional<LiveStream> opened = stream.equals(streams.get(browser)) ? Optional.of(stream) : Optional.empty();
		if (this.closed) {
			stream.end();
		}
		return opened;
	}

	private void remove(String username, String browser, LiveStream stream) {
		this.users.computeIfPresent(username, (name, streams) -> {
			streams.remove(browser, stream);
			return streams.isEmpty() ? null : streams;
		});
	}

	/**
	 * The users who have open streams.
	 */
	Set<String> users() {
		return Set.copyOf(this.users.keySet());
	}

	/**
	 * Hints the streams of a user.
	 */
	void hint(String username, Hint hint) {
		this.users.getOrDefault(username, Map.of()).values().forEach((stream) -> stream.hint(hint));
	}

	/**
	 * Hints the streams of a user, one of many, within two seconds.
	 */
	void hintSoon(String username, Hint hint) {
		hintSoon(this.users.getOrDefault(username, Map.of()).values(), hint);
	}

	/**
	 * Hints the streams of all users, within two seconds.
	 */
	void hintAll(Hint hint) {
		hintSoon(all(), hint);
	}

	private static void hintSoon(Collection<LiveStream> streams, Hint hint) {
		streams.forEach((stream) -> stream.hint(hint, ThreadLocalRandom.current().nextInt(SPREAD_MILLIS)));
	}

	/**
	 * Ends all streams, and each that is opened later.
	 */
	void close() {
		this.closed = true;
		all().forEach(LiveStream::end);
	}

	private List<LiveStream> all() {
		return this.users.values().stream().map(Map::values).flatMap(Collection::stream).toList();
	}

}

package dev.actionlog.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The open streams of this node, by the names of their users.
 */
class LiveStreams {

	/** More than anybody has browsers. */
	private static final int MAX_PER_USER = 8;

	/**
	 * A hint for everybody would otherwise bring all their requests at once.
	 */
	private static final int SPREAD_MILLIS = 2000;

	private final ScheduledThreadPoolExecutor executor;

	private final Map<String, Map<String, LiveStream>> users = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * No streams.
	 * @param executor has one thread, in which they write
	 */
	LiveStreams(ScheduledThreadPoolExecutor executor) {
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
		LiveStream[] stream = new LiveStream[2];
		stream[0] = new LiveStream(this.executor, () -> remove(username, browser, stream[0]));
		this.users.compute(username, (name, streams) -> {
			Map<String, LiveStream> all = (streams != null) ? streams : new ConcurrentHashMap<>();
			if (all.size() < MAX_PER_USER || all.containsKey(browser)) {
				stream[1] = all.put(browser, stream[0]);
			}
			else {
				stream[0] = null;
			}
			return all;
		});
		if (stream[1] != null) {
			stream[1].end();
		}
		if (this.closed && stream[0] != null) {
			stream[0].end();
		}
		return Optional.ofNullable(stream[0]);
	}

	private void remove(String username, String browser, LiveStream stream) {
		this.users.computeIfPresent(username, (name, streams) -> {
			streams.remove(browser, stream);
			return streams.isEmpty() ? null : streams;
		});
	}

	boolean isEmpty() {
		return this.users.isEmpty();
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
	 * Hints the streams of all users, within two seconds.
	 */
	void hintAll(Hint hint) {
		all().forEach((stream) -> stream.hint(hint, ThreadLocalRandom.current().nextInt(SPREAD_MILLIS)));
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

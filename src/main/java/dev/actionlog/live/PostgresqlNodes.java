package dev.actionlog.live;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import dev.actionlog.database.Database;
import dev.actionlog.database.Dialect;
import dev.actionlog.database.Unreachable;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import org.springframework.util.ClassUtils;

/**
 * Tells other nodes by {@code NOTIFY}, on PostgreSQL only. That takes a lock of the whole
 * server at the commit, so it is never in the caller's transaction: the names are
 * collected, and another thread sends them together, the first at once and then at most
 * five times a second. What cannot be sent or received is found when each node next looks
 * for itself.
 */
class PostgresqlNodes {

	private static final Log logger = LogFactory.getLog(PostgresqlNodes.class);

	/** There are other drivers for PostgreSQL. */
	private static final boolean DRIVER = ClassUtils.isPresent("org.postgresql.PGConnection",
			PostgresqlNodes.class.getClassLoader());

	private static final String CHANNEL = "actionlog_live";

	private static final String LISTEN = "listen " + CHANNEL;

	/** The commit does not wait for the disk: what is lost in a crash is of no use. */
	private static final String NOTIFY = "select pg_notify('" + CHANNEL
			+ "', payload), set_config('synchronous_commit', 'off', true) from unnest(string_to_array(?, ',')) payload";

	/** PostgreSQL takes less than 8,000 bytes. */
	private static final int MAX_PAYLOAD = 7900;

	/** What is not sent beyond it is found by the others' own look. */
	private static final int MAX_WAITING = 20_000;

	private static final long PAUSE_MILLIS = 200;

	/** After which the thread that listens looks whether this node stops. */
	private static final int LISTEN_MILLIS = 500;

	/** After which a connection that has been silent is tried. */
	private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

	private static final int MAX_RETRY_SECONDS = 30;

	private final Database database;

	private final ScheduledExecutorService executor;

	/** Tells what this node has sent itself, which it need not hear. */
	private final String node = UUID.randomUUID().toString();

	private final Set<Told> waiting = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private volatile long lastSent = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile @Nullable Thread listener;

	/**
	 * The nodes on a database.
	 * @param executor sends
	 */
	PostgresqlNodes(Database database, ScheduledExecutorService executor) {
		this.database = database;
		this.executor = executor;
	}

	/**
	 * Tells the others, soon and from another thread.
	 * @param username the user, or an empty text for all users
	 */
	void tell(String username, Hint hint) {
		if (this.database.dialect() != Dialect.POSTGRESQL || this.waiting.size() >= MAX_WAITING) {
			return;
		}
		this.waiting.add(new Told(username, hint));
		if (this.scheduled.compareAndSet(false, true)) {
			try {
				Future<?> unused = this.executor.schedule(this::send,
						PAUSE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.lastSent),
						TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				// this node stops
			}
		}
	}

	private void send() {
		this.lastSent = System.nanoTime();
		this.scheduled.set(false);
		try {
			String payloads = String.join(",", takePayloads());
			this.database.write(() -> this.database.sql(NOTIFY).param(payloads).query((row, number) -> number).list());
		}
		catch (RuntimeException ex) {
			Unreachable.info(logger, "Other nodes could not be told of news; they find messages within half a minute",
					ex);
		}
	}

	/**
	 * Takes what waits, as lines below one with this node.
	 */
	private List<String> takePayloads() {
		List<String> payloads = new ArrayList<>();
		StringBuilder payload = new StringBuilder(this.node);
		for (Iterator<Told> all = this.waiting.iterator(); all.hasNext();) {
			String line = "\n" + all.next().line();
			all.remove();
			if (payload.length() + line.length() > MAX_PAYLOAD) {
				payloads.add(payload.toString());
				payload.setLength(this.node.length());
			}
			payload.append(line);
		}
		payloads.add(payload.toString());
		return payloads;
	}

	/**
	 * Begins to listen to the others, as soon as the database answers.
	 * @param hints takes what they tell
	 */
	void listen(BiConsumer<String, Hint> hints) {
		if (DRIVER) {
			Thread thread = new Thread(() -> keepListening(hints), "actionlog-live-listener");
			thread.setDaemon(true);
			this.listener = thread;
			thread.start();
		}
	}

	/**
	 * Whether the database has said what it is; whoever needs it logs why it does not.
	 */
	private boolean isDatabaseKnown() {
		try {
			this.database.dialect();
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private void keepListening(BiConsumer<String, Hint> hints) {
		long retrySeconds = 1;
		boolean lost = false;
		while (!isDatabaseKnown() && !isClosed()) {
			lost = true;
			await(retrySeconds);
			retrySeconds = Math.min(2 * retrySeconds, MAX_RETRY_SECONDS);
		}
		if (isClosed() || this.database.dialect() != Dialect.POSTGRESQL) {
			return;
		}
		while (!isClosed()) {
			try (Connection connection = this.database.dataSource().getConnection();
					Statement statement = connection.createStatement()) {
				connection.setAutoCommit(true);
				statement.execute(LISTEN);
				if (lost) {
					// whatever was told meanwhile
					List.of(Hint.values()).forEach((hint) -> hints.accept("", hint));
					logger.info("The news of other nodes is received again");
				}
				retrySeconds = 1;
				lost = false;
				// a connection that listens must not go back to the pool
				try (Unlisten unused = () -> statement.execute("unlisten " + CHANNEL)) {
					receive(connection, statement, hints);
				}
			}
			catch (SQLException | RuntimeException ex) {
				if (!lost && !isClosed()) {
					Unreachable.info(logger,
							"The news of other nodes is not received; messages are found within half a minute", ex);
				}
				lost = true;
			}
			await(retrySeconds);
			retrySeconds = Math.min(2 * retrySeconds, MAX_RETRY_SECONDS);
		}
	}

	private void receive(Connection connection, Statement statement, BiConsumer<String, Hint> hints)
			throws SQLException {
		PGConnection postgresql = connection.unwrap(PGConnection.class);
		long heard = System.nanoTime();
		while (!isClosed()) {
			PGNotification[] notifications = postgresql.getNotifications(LISTEN_MILLIS);
			if (notifications != null && notifications.length > 0) {
				for (PGNotification notification : notifications) {
					receive(notification.getParameter(), hints);
				}
				heard = System.nanoTime();
			}
			else if (System.nanoTime() - heard > SILENCE_NANOS) {
				if (!connection.isValid(MAX_RETRY_SECONDS)) {
					throw new SQLException("The connection is lost");
				}
				// so that the server's list of activities says what the connection is for
				statement.execute(LISTEN);
				heard = System.nanoTime();
			}
		}
	}

	private void receive(String payload, BiConsumer<String, Hint> hints) {
		if (!payload.startsWith(this.node)) {
			payload.lines()
				.map(Told::of)
				.flatMap(Optional::stream)
				.forEach((told) -> hints.accept(told.username(), told.hint()));
		}
	}

	private boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	private void await(long seconds) {
		try {
			boolean unused = this.closed.await(seconds, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			this.closed.countDown();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Stops listening, soon.
	 */
	void stop() {
		this.closed.countDown();
	}

	/**
	 * Stops listening, and waits until the connection is back in the pool, which may be
	 * closed next.
	 */
	void close() {
		stop();
		Thread listener = this.listener;
		if (listener != null) {
			try {
				listener.join(2 * LISTEN_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private interface Unlisten extends AutoCloseable {

		@Override
		void close() throws SQLException;

	}

	/**
	 * What one node tells another.
	 */
	private record Told(String username, Hint hint) {

		String line() {
			return this.hint + " " + URLEncoder.encode(this.username, StandardCharsets.UTF_8);
		}

		/**
		 * Reads a line.
		 * @param line anybody who can reach the database can have written it
		 * @return what it says, or empty for the name of a node, and for what this
		 * version does not know
		 */
		static Optional<Told> of(String line) {
			int space = line.indexOf(' ');
			return Arrays.stream(Hint.values())
				.filter((hint) -> line.substring(0, Math.max(space, 0)).equals(hint.name()))
				.findFirst()
				.flatMap((hint) -> decode(line.substring(space + 1)).map((username) -> new Told(username, hint)));
		}

		private static Optional<String> decode(String username) {
			try {
				return Optional.of(URLDecoder.decode(username, StandardCharsets.UTF_8));
			}
			catch (IllegalArgumentException ex) {
				return Optional.empty();
			}
		}

	}

}

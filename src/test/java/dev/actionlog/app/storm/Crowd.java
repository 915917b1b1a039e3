package dev.actionlog.app.storm;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.Together;

import org.springframework.util.function.SingletonSupplier;

/**
 * Everybody who comes at once: senders, which change the name again and again, and
 * readers, which open the profile page. Each request goes to any node that listens.
 */
final class Crowd {

	private static final int SENDERS = 4;

	private static final int READERS = 8;

	private static final long PAUSE_MILLIS = 100;

	private final List<Node> nodes;

	private final List<Client> sessions;

	private final StormRecord record;

	private final boolean persistent;

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean sending = true;

	private volatile boolean reading = true;

	/**
	 * Signs a user up, and in on each node, and begins.
	 * @param persistent whether a request that was not answered is sent again
	 */
	Crowd(List<Node> nodes, StormRecord record, long seed, boolean persistent) throws Exception {
		this.nodes = nodes;
		this.record = record;
		this.persistent = persistent;
		this.sessions = new ArrayList<>();
		for (Node node : nodes) {
			node.awaitReady();
			int port = node.port().orElseThrow();
			this.sessions.add(this.sessions.isEmpty() ? Client.signUp(port) : Client.signIn(port));
		}
		for (int i = 0; i < SENDERS + READERS; i++) {
			int number = i;
			Random random = new Random(seed + i);
			Client session = this.sessions.get(i % this.sessions.size());
			Thread thread = new Thread(() -> work(number, session, random), "storm-" + i);
			thread.setDaemon(true);
			thread.start();
			this.threads.add(thread);
		}
	}

	private void work(int number, Client session, Random random) {
		try {
			if (number < SENDERS) {
				while (this.sending) {
					send(number, session, random);
				}
			}
			else {
				while (this.reading) {
					read(session, random);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			this.record.violation("a client failed: " + ex);
		}
	}

	private void send(int sender, Client session, Random random) throws InterruptedException {
		Supplier<String> name = SingletonSupplier.of(() -> this.record.begin(sender));
		request(random, "send", (port) -> session.rename(port, name.get()), (answer) -> {
			if (isSent(answer)) {
				this.record.acknowledge(name.get());
			}
		});
	}

	private void read(Client session, Random random) throws InterruptedException {
		request(random, "read", session::open, (answer) -> {
		});
	}

	private static boolean isSent(Answer answer) {
		return answer.status() == 303 && answer.location().equals("/profile");
	}

	/**
	 * Makes a request, or more than one where it is made until it is answered.
	 */
	private void request(Random random, String kind, Request request, Consumer<Answer> reaction)
			throws InterruptedException {
		boolean again;
		do {
			Node node = this.nodes.get(random.nextInt(this.nodes.size()));
			Optional<Integer> port = node.port();
			again = port.isEmpty() || !answered(kind, request, node, port.get(), reaction);
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		while (again && this.persistent);
	}

	private boolean answered(String kind, Request request, Node node, int port, Consumer<Answer> reaction) {
		long begin = System.nanoTime();
		try {
			Answer answer = request.send(port);
			this.record.outcome(kind, (answer.status() != 0) ? String.valueOf(answer.status()) : "ended", begin);
			if (answer.location().startsWith("/login")) {
				this.record.violation("signed out");
			}
			// an error page has messages, too
			this.record.page(answer, node.number(), begin);
			reaction.accept(answer);
			return answer.status() != 0;
		}
		catch (ConnectException ex) {
			this.record.outcome(kind, "refused", begin);
		}
		catch (IOException ex) {
			this.record.outcome(kind, ex.toString(), begin);
		}
		return false;
	}

	/**
	 * Ends the sending, and reads on until all that was acknowledged was shown, or time
	 * enough has passed for that.
	 */
	void end() throws Exception {
		this.sending = false;
		for (Node node : this.nodes) {
			node.awaitReady();
		}
		for (Thread thread : this.threads.subList(0, SENDERS)) {
			thread.join();
		}
		try {
			Together.eventually(this.record::isComplete);
		}
		catch (AssertionError ex) {
			// the record says what is missing
		}
		this.reading = false;
		for (Thread thread : this.threads) {
			thread.join();
		}
	}

	private interface Request {

		Answer send(int port) throws IOException;

	}

}

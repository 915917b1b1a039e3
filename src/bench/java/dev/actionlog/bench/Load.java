package dev.actionlog.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.springframework.util.Assert;

/**
 * A side of a comparison over HTTP: a web server, the requests of all users, and the
 * connections that send them, one after the other each. The client is this process, so
 * its CPU time is not the server's.
 */
final class Load implements AutoCloseable {

	/** As many as the threads of the largest comparison without HTTP. */
	static final int CONNECTIONS = 16;

	/**
	 * Turns of a second that are not measured, of both sides together: a page is much
	 * code to compile, and until that is done it takes up to ten times as long.
	 */
	private static final int WARMUP_TURNS = 90;

	/**
	 * The last turns of the warm-up, which are like those that are measured.
	 */
	private static final int FULL_WARMUP_TURNS = 20;

	/**
	 * Until then there are fewer connections, to leave the processors to the compilers.
	 */
	private static final int WARMUP_CONNECTIONS = 2;

	private final WebServer server;

	private final List<byte[]> requests;

	private final int status;

	private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

	/**
	 * A side.
	 * @param server where to
	 * @param requests a request of each user
	 * @param status the status that every response must have
	 */
	Load(WebServer server, List<byte[]> requests, int status) {
		this.server = server;
		this.requests = requests;
		this.status = status;
	}

	/**
	 * Makes sure that the right thing is measured.
	 * @param actions how many actions a response must show
	 */
	void requireActions(int actions) throws IOException {
		String body;
		try (HttpConnection connection = new HttpConnection(this.server.port())) {
			body = connection.send(this.requests.get(0)).body();
		}
		Assert.state(body.split("<li ", -1).length == actions + 1, () -> "The page shows other actions: " + body);
	}

	/**
	 * Lets both sides take turns of a second.
	 * @param turns how many are measured, half of them the library's
	 * @return the turns; the library has the first
	 */
	static List<Turn> turns(Load library, Load reference, int turns) throws Exception {
		List<Turn> measured = new ArrayList<>();
		for (int turn = -WARMUP_TURNS; turn < turns; turn++) {
			Turn result = ((turn % 2 == 0) ? library : reference)
				.turn((turn < -FULL_WARMUP_TURNS) ? WARMUP_CONNECTIONS : CONNECTIONS);
			if (turn >= 0) {
				measured.add(result);
			}
		}
		return measured;
	}

	private Turn turn(int connections) throws Exception {
		long cpuTime = this.server.cpuTime();
		long begin = System.nanoTime();
		long end = begin + TimeUnit.SECONDS.toNanos(1);
		List<Callable<Integer>> tasks = Collections.nCopies(connections, () -> send(end));
		int count = 0;
		for (Future<Integer> task : this.threads.invokeAll(tasks)) {
			count += task.get();
		}
		double seconds = (double) (System.nanoTime() - begin) / TimeUnit.SECONDS.toNanos(1);
		double cpuMicros = (this.server.cpuTime() - cpuTime) / 1_000.0;
		return new Turn(count / seconds, cpuMicros / count);
	}

	private int send(long end) throws IOException {
		int count = 0;
		try (HttpConnection connection = new HttpConnection(this.server.port())) {
			do {
				byte[] request = this.requests.get(ThreadLocalRandom.current().nextInt(this.requests.size()));
				HttpConnection.Response response = connection.send(request);
				Assert.state(response.status() == this.status,
						() -> "The server answered " + response.status() + ": " + response.body());
				count++;
			}
			while (System.nanoTime() < end);
		}
		return count;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	/**
	 * What a turn gave.
	 *
	 * @param rate the responses per second
	 * @param cpu the server's CPU time per response, in microseconds
	 */
	record Turn(double rate, double cpu) {
	}

}

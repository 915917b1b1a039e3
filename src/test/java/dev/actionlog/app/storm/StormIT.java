package dev.actionlog.app.storm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.actionlog.testing.Extent;
import dev.actionlog.testing.PostgresProcess;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A storm of two nodes on one PostgreSQL. It lasts two minutes where everything is
 * tested, else half a minute, or the minutes of the property {@code storm.minutes}; the
 * property {@code storm.seed} repeats one.
 */
@NullUnmarked
class StormIT {

	private static final Duration LEASE = Duration.ofSeconds(4);

	private static final long SEED = Long.getLong("storm.seed", System.nanoTime());

	/** Longer than the lease. */
	private static final int PAUSE_MILLIS = 5500;

	@TempDir
	private Path directory;

	private final StormRecord record = new StormRecord(LEASE);

	private final Random random = new Random(SEED);

	private final List<Node> nodes = new ArrayList<>();

	private final List<CompletableFuture<Void>> pauses = new ArrayList<>();

	private PostgresProcess database;

	@BeforeEach
	void start() throws Exception {
		this.database = PostgresProcess.start(this.directory.resolve("postgresql"));
		List<String> settings = Stream
			.concat(this.database.settings().stream(),
					Stream.of("--actionlog.flash.lease=" + LEASE.toSeconds() + "s",
							"--actionlog.flash.max-pending=10000"))
			.toList();
		for (int i = 0; i < 2; i++) {
			this.nodes.add(new Node(i, this.directory, settings));
			// the first makes the tables
			this.nodes.get(i).awaitReady();
		}
	}

	@AfterEach
	void stop() throws Exception {
		this.nodes.forEach(Node::close);
		this.database.close();
	}

	@Test
	void nothingIsLostAndNothingIsShownAgainWithoutAReason() throws Exception {
		Crowd crowd = new Crowd(this.nodes, this.record, SEED, false);
		long end = System.nanoTime() + duration().toNanos();
		while (System.nanoTime() < end) {
			TimeUnit.MILLISECONDS.sleep(1000 + this.random.nextInt(3000));
			befall(this.random.nextInt(5), this.nodes.get(this.random.nextInt(2)), this.random.nextInt(1500));
		}
		for (CompletableFuture<Void> pause : this.pauses) {
			pause.get(1, TimeUnit.MINUTES);
		}
		crowd.end();
		List<String> traces = this.nodes.stream().flatMap((node) -> node.stackTraces().stream()).toList();
		this.record.requireCalm(SEED, traces);
		assertThat(this.record.acknowledgedCount()).isPositive();
		assertThat(this.record.looks()).isPositive();
		assertThat(this.database.count("select count(*) from actionlog_action")).isEqualTo(10);
	}

	private static Duration duration() {
		Integer minutes = Integer.getInteger("storm.minutes");
		return (minutes != null) ? Duration.ofMinutes(minutes) : Duration.ofSeconds(Extent.isAll() ? 120 : 30);
	}

	private void befall(int fault, Node node, int millis) throws Exception {
		switch (fault) {
			case 0 -> kill(node);
			case 1 -> pause(node, millis);
			case 2 -> endConnections();
			case 3 -> restartDatabase(millis);
			default -> {
				pause(node, millis);
				kill(this.nodes.get(1 - node.number()));
				restartDatabase(millis);
			}
		}
	}

	/**
	 * A node that does not run yet is left alone.
	 */
	private void kill(Node node) {
		if (node.port().isPresent()) {
			long begin = System.nanoTime();
			node.kill();
			fault(Fault.Kind.KILLED, node.number(), begin);
		}
	}

	private void pause(Node node, int millis) {
		if (node.port().isPresent()) {
			this.pauses.add(CompletableFuture.runAsync(() -> {
				var process = node.process();
				long begin = System.nanoTime();
				process.pause();
				sleep(PAUSE_MILLIS + millis);
				process.goOn();
				fault(Fault.Kind.PAUSED, node.number(), begin);
			}, (work) -> new Thread(work).start()));
		}
	}

	private void endConnections() throws Exception {
		long begin = System.nanoTime();
		this.database.endConnections();
		fault(Fault.Kind.CONNECTIONS_ENDED, -1, begin);
	}

	private void restartDatabase(int millis) throws Exception {
		long begin = System.nanoTime();
		this.database.crash();
		sleep(millis);
		this.database.startAgain();
		fault(Fault.Kind.DATABASE_RESTARTED, -1, begin);
	}

	private void fault(Fault.Kind kind, int node, long begin) {
		this.record.fault(new Fault(kind, node, begin, System.nanoTime()));
	}

	private static void sleep(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

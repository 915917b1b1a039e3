package dev.actionlog.app.storm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.actionlog.testing.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A storm of one node on an H2 file, which is killed again and again while it writes. The
 * property {@code storm.seed} repeats one.
 */
@EnabledIfSystemProperty(named = Extent.ALL, matches = "true")
class FileStormIT {

	private static final Duration LEASE = Duration.ofSeconds(4);

	private static final long SEED = Long.getLong("storm.seed", System.nanoTime());

	private static final int KILLS = 10;

	@Test
	void nothingIsLostWhereTheNodeIsKilled(@TempDir Path directory) throws Exception {
		StormRecord record = new StormRecord(LEASE);
		Random random = new Random(SEED);
		try (Node node = new Node(0, directory,
				List.of("--actionlog.flash.lease=" + LEASE.toSeconds() + "s", "--actionlog.flash.max-pending=10000"))) {
			Crowd crowd = new Crowd(List.of(node), record, SEED, false);
			for (int i = 0; i < KILLS; i++) {
				node.awaitReady();
				TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(3000));
				long begin = System.nanoTime();
				node.kill();
				record.fault(new Fault(Fault.Kind.KILLED, 0, begin, System.nanoTime()));
			}
			crowd.end();
			record.requireCalm(SEED, node.stackTraces());
		}
		assertThat(record.acknowledgedCount()).isGreaterThan(KILLS);
	}

}

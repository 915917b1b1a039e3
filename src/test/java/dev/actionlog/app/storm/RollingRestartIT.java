package dev.actionlog.app.storm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.actionlog.testing.Extent;
import dev.actionlog.testing.PostgresProcess;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for two nodes on one PostgreSQL that are restarted one after the other, while
 * clients try a node that does not listen again.
 */
@EnabledIfSystemProperty(named = Extent.ALL, matches = "true")
@NullUnmarked
class RollingRestartIT {

	/** As it is by default, and longer than the restart of a node. */
	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final int ROUNDS = 1;

	private static final long SEED = 1;

	@TempDir
	private Path directory;

	private final List<Node> nodes = new ArrayList<>();

	@AfterEach
	void stop() {
		this.nodes.forEach(Node::close);
	}

	@Test
	void noRequestFailsAndNobodyIsSignedOut() throws Exception {
		StormRecord record = new StormRecord(LEASE);
		try (PostgresProcess database = PostgresProcess.start(this.directory.resolve("postgresql"))) {
			for (int i = 0; i < 2; i++) {
				Node node = new Node(i, this.directory, database.settings());
				this.nodes.add(node);
				node.awaitReady();
			}
			Crowd crowd = new Crowd(this.nodes, record, SEED, true);
			for (int round = 0; round < ROUNDS; round++) {
				for (Node node : this.nodes) {
					TimeUnit.SECONDS.sleep(1);
					node.stop();
					node.startAgain();
					node.awaitReady();
				}
			}
			crowd.end();
			record.requireCalm(SEED, this.nodes.stream().flatMap((node) -> node.stackTraces().stream()).toList());
			// "ended" without an answer: the machine had taken the connection, and the
			// node had not when it closed its socket; it is tried again, as one refused
			assertThat(record.outcomes()).contains("read 200", "send 303")
				.isSubsetOf("read 200", "read refused", "read ended", "send 303", "send refused", "send ended");
			assertThat(record.shownAgain()).isEmpty();
			stop();
		}
	}

}

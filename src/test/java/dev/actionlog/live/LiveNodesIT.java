package dev.actionlog.live;

import java.util.List;
import java.util.Map;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.EventStream;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for live delivery on two servers with one PostgreSQL.
 */
@ExtendWith(OutputCaptureExtension.class)
@NullUnmarked
class LiveNodesIT {

	private static final String LISTENERS = "from pg_stat_activity where datname = current_database()"
			+ " and query = 'listen actionlog_live'";

	private static Map<String, Object> settings;

	private static TestApplication one;

	private static TestApplication two;

	@BeforeAll
	static void start() {
		settings = Database.POSTGRESQL.create();
		one = LiveSite.start(settings);
		two = LiveSite.start(settings);
	}

	@AfterAll
	static void stop() {
		one.close();
		two.close();
	}

	@Test
	void serverThatStopsGivesTheConnectionThatListensBackFirst(CapturedOutput output) throws Exception {
		int before = listeners();
		TestApplication stopping = LiveSite.start(settings);
		try (EventStream stream = LiveSite.stream(stopping, "dan", "")) {
			Together.eventually(() -> listeners() == before + 1);
			assertThat(stream.status()).isEqualTo(200);
			stopping.close();
		}
		assertThat(output).doesNotContain("marked as broken");
		Together.eventually(() -> listeners() == before);
	}

	@Test
	void hintReachesTheOtherServer() throws Exception {
		try (EventStream stream = LiveSite.stream(two, "ann", "")) {
			awaitListener();
			one.get(FlashSender.class).send("ann", FlashLevel.INFO, "from the other");
			Together.eventually(() -> stream.events().equals(List.of("messages")));
			one.get(ActionService.class).recordFor("ann", "from the other, too");
			Together.eventually(() -> stream.events().equals(List.of("messages", "actions")));
			assertThat(LiveSite.browser(two, "ann").get("/actionlog/live/messages").messages())
				.containsExactly("from the other");
		}
	}

	@Test
	void hintsThatWereLostAreMadeUpFor() throws Exception {
		try (EventStream stream = LiveSite.stream(two, "bob", "")) {
			awaitListener();
			assertThat(one.jdbc()
				.sql("select count(pg_terminate_backend(pid)) " + LISTENERS)
				.query(Integer.class)
				.single()).isPositive();
			Together.eventually(() -> stream.events().containsAll(List.of("messages", "actions")));
			awaitListener();
			one.get(FlashSender.class).send("bob", FlashLevel.INFO, "after that");
			int before = stream.events().size();
			Together.eventually(() -> stream.events().size() > before);
		}
	}

	@Test
	void newsForAllGoToTheOtherServer() throws Exception {
		try (EventStream stream = LiveSite.stream(two, "cyd", "")) {
			awaitListener();
			one.get(LiveDelivery.class).hint("", Hint.MESSAGES);
			Together.eventually(() -> stream.events().equals(List.of("messages")));
		}
	}

	@Test
	void serverWithoutStreamsHoldsNoConnection() throws Exception {
		try (TestApplication idle = LiveSite.start(settings)) {
			int before = listeners();
			idle.get(FlashSender.class).send("dot", FlashLevel.INFO, "nobody is there");
			assertThat(listeners()).isEqualTo(before);
			try (EventStream stream = LiveSite.stream(idle, "dot", "")) {
				Together.eventually(() -> listeners() == before + 1);
				assertThat(stream.status()).isEqualTo(200);
			}
		}
	}

	private static void awaitListener() throws Exception {
		Together.eventually(() -> listeners() > 0);
	}

	private static int listeners() {
		return one.jdbc().sql("select count(*) " + LISTENERS).query(Integer.class).single();
	}

}

package dev.actionlog.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.EventStream;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for live delivery on a real server.
 */
@NullUnmarked
class LiveServerIT {

	private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

	private static TestApplication site;

	@BeforeAll
	static void start() {
		site = LiveSite.start(Database.H2.create(), "actionlog.flash.lease=2s");
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Test
	void onlySignedInUserHasStream() throws Exception {
		try (EventStream stream = new EventStream(LiveSite.port(site), "/actionlog/live")) {
			assertThat(stream.status()).isEqualTo(401);
			assertThat(stream.header("Content-Length")).isEqualTo("0");
		}
		for (String path : List.of("/actionlog/live/messages", "/actionlog/live/actions")) {
			Answer answer = new Browser(LiveSite.port(site)).get(path, "X-Requested-With", "XMLHttpRequest");
			assertThat(answer.status()).isEqualTo(401);
			assertThat(answer.text()).isEmpty();
			// as a page of another site could ask
			assertThat(new Browser(LiveSite.port(site)).get(path, "X-User", "amy").status()).isEqualTo(404);
		}
	}

	@Test
	void pageThatKeepsItsMessagesDoesNotConfirmThem() {
		LiveSite.browser(site, "kay").postWithoutToken("/add", "text", "kept");
		Answer page = LiveSite.getWithScript(site, "kay", "/keeping");
		assertThat(page.messages()).containsExactly("kept");
		assertThat(page.text()).doesNotContain("/live/shown");
		assertThat(LiveSite.browser(site, "kay").get("/page").messages()).containsExactly("kept");
	}

	@Test
	void streamSaysThatMessageWasSent() throws Exception {
		try (EventStream stream = LiveSite.stream(site, "amy", "")) {
			assertThat(stream.status()).isEqualTo(200);
			assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
			assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
			send("another", "for another");
			send("amy", "secret words");
			Together.eventually(() -> !stream.events().isEmpty());
			// names only, and nothing of others
			assertThat(stream.events()).containsExactly("messages");
		}
	}

	@Test
	void streamSaysAtItsBeginningWhatWaits() throws Exception {
		send("bea", "waits");
		try (EventStream stream = LiveSite.stream(site, "bea", "")) {
			Together.eventually(() -> stream.events().equals(List.of("messages")));
		}
		// it has taken none
		assertThat(LiveSite.browser(site, "bea").get("/page").messages()).containsExactly("waits");
	}

	@Test
	void streamSaysAtItsBeginningWhetherActionsAreNewer() throws Exception {
		ActionService actions = site.get(ActionService.class);
		try (EventStream stream = LiveSite.stream(site, "cat", "?newest=")) {
			actions.recordFor("cat", "did something");
			Together.eventually(() -> stream.events().equals(List.of("actions")));
		}
		Answer history = LiveSite.browser(site, "cat").get("/actionlog/live/actions");
		assertThat(history.actions()).containsExactly("did something");
		assertThat(history.header("Cache-Control")).isEqualTo("no-store");
		Matcher time = Pattern.compile("<time datetime=\"([^\"]*Z)\"").matcher(history.text());
		assertThat(time.find()).isTrue();
		try (EventStream old = LiveSite.stream(site, "cat", "?browser=1&newest=2026-11-21T00:00:00Z");
				EventStream same = LiveSite.stream(site, "cat", "?browser=2&newest=" + time.group(1))) {
			Together.eventually(() -> old.events().equals(List.of("actions")));
			send("cat", "the next event");
			Together.eventually(() -> same.events().equals(List.of("messages")));
		}
	}

	@Test
	void hintComesAfterTheCommitAndNotAfterRollback() throws Exception {
		try (EventStream stream = LiveSite.stream(site, "dan", "")) {
			site.transaction().executeWithoutResult((status) -> {
				send("dan", "rolled back");
				status.setRollbackOnly();
			});
			site.transaction().executeWithoutResult((status) -> {
				send("dan", "committed");
				assertThat(stream.events()).isEmpty();
			});
			Together.eventually(() -> !stream.events().isEmpty());
			assertThat(LiveSite.browser(site, "dan").get("/actionlog/live/messages").messages())
				.containsExactly("committed");
			assertThat(stream.events()).containsExactly("messages");
		}
	}

	/**
	 * The page that follows the user's own request comes before the hint.
	 */
	@Test
	void ownMessageIsForThePageThatFollows() throws Exception {
		try (EventStream stream = LiveSite.stream(site, "eve", "")) {
			LiveSite.browser(site, "eve").postWithoutToken("/add", "text", "for the next page");
			assertThat(LiveSite.browser(site, "eve").get("/page").messages()).containsExactly("for the next page");
			LiveSite.browser(site, "eve").postWithoutToken("/add", "text", "for no page");
			Together.eventually(() -> stream.events().equals(List.of("messages")));
			assertThat(LiveSite.browser(site, "eve").get("/actionlog/live/messages").messages())
				.containsExactly("for no page");
		}
	}

	@Test
	void browserHasOneStreamAndUserEight() throws Exception {
		List<EventStream> streams = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			streams.add(LiveSite.stream(site, "fay", "?browser=" + i));
			assertThat(streams.get(i).status()).isEqualTo(200);
		}
		EventStream ninth = LiveSite.stream(site, "fay", "?browser=8");
		assertThat(ninth.status()).isEqualTo(429);
		assertThat(ninth.header("Retry-After")).isEqualTo("60");
		EventStream again = LiveSite.stream(site, "fay", "?browser=3");
		assertThat(again.status()).isEqualTo(200);
		Together.eventually(() -> streams.get(3).hasEnded());
		send("fay", "for all");
		streams.set(3, again);
		for (EventStream stream : streams) {
			Together.eventually(() -> stream.events().equals(List.of("messages")));
			stream.close();
		}
		ninth.close();
	}

	@Test
	void pageWithScriptShowsUntilItConfirms() throws Exception {
		send("gus", "once");
		Answer page = LiveSite.getWithScript(site, "gus", "/page");
		assertThat(page.messages()).containsExactly("once");
		assertThat(LiveSite.browser(site, "gus").get("/page").messages()).isEmpty();
		assertThat(confirm("other", page).status()).isEqualTo(410);
		assertThat(confirm("gus", page).status()).isEqualTo(204);
		assertThat(confirm("gus", page).status()).isEqualTo(410);
		assertThat(rows("gus")).isZero();
	}

	/**
	 * Whose connection ends before it has read the page, as with the Escape key.
	 */
	@Test
	void messagesOfPageThatNobodyReadAreShownAgain() throws Exception {
		send("hal", "not lost");
		assertThat(LiveSite.getWithScript(site, "hal", "/page").messages()).containsExactly("not lost");
		List<String> shown = new ArrayList<>();
		Together.eventually(() -> shown.addAll(LiveSite.browser(site, "hal").get("/page").messages()));
		assertThat(shown).containsExactly("not lost");
		assertThat(LiveSite.browser(site, "hal").get("/page").messages()).isEmpty();
	}

	@Test
	void pageLearnsThatAnotherShowsItsMessages() throws Exception {
		send("ida", "moves on");
		Answer first = LiveSite.getWithScript(site, "ida", "/page");
		assertThat(first.messages()).hasSize(1);
		List<Answer> second = new ArrayList<>();
		Together.eventually(() -> {
			second.add(LiveSite.getWithScript(site, "ida", "/actionlog/live/messages"));
			return second.get(second.size() - 1).messages().equals(List.of("moves on"));
		});
		assertThat(confirm("ida", first).status()).isEqualTo(410);
		assertThat(confirm("ida", second.get(second.size() - 1)).status()).isEqualTo(204);
	}

	@Test
	void pageWithoutScriptIsAsBefore() {
		send("jim", "as before");
		Answer page = LiveSite.browser(site, "jim").get("/page");
		assertThat(page.messages()).containsExactly("as before");
		assertThat(page.text()).doesNotContain("<form");
		assertThat(rows("jim")).isZero();
	}

	@Test
	void pageAndLiveCompete() throws Exception {
		int messages = 500;
		Map<String, AtomicInteger> shown = new ConcurrentHashMap<>();
		AtomicInteger seen = new AtomicInteger();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
		try (EventStream stream = LiveSite.stream(site, "kim", "")) {
			Together.run(5, (thread) -> {
				if (thread == 0) {
					for (int i = 0; i < messages; i++) {
						send("kim", "m" + i);
					}
					return;
				}
				boolean live = thread < 3;
				while (seen.get() < messages && System.nanoTime() < end) {
					Answer page = LiveSite.getWithScript(site, "kim", live ? "/actionlog/live/messages" : "/page");
					assertThat(page.status()).isEqualTo(200);
					if (!page.messages().isEmpty() && confirm("kim", page).status() == 204) {
						page.messages()
							.forEach((word) -> shown.computeIfAbsent(word, (name) -> new AtomicInteger())
								.incrementAndGet());
						seen.addAndGet(page.messages().size());
					}
				}
			});
			assertThat(stream.events()).isNotEmpty().containsOnly("messages");
		}
		assertThat(shown).hasSize(messages).allSatisfy((word, times) -> assertThat(times).hasValue(1));
		assertThat(rows("kim")).isZero();
	}

	@Test
	void openStreamHoldsNoConnection() throws Exception {
		HikariDataSource pool = site.get(DataSource.class).unwrap(HikariDataSource.class);
		try (EventStream stream = LiveSite.stream(site, "lea", "")) {
			send("lea", "x");
			Together.eventually(() -> !stream.events().isEmpty());
			Together.eventually(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
			assertThat(stream.hasEnded()).isFalse();
		}
	}

	/**
	 * If the server waited for the stream, it would do so for half a minute.
	 */
	@Test
	void streamsEndBeforeTheServerWaitsForRequests() throws Exception {
		TestApplication stopping = LiveSite.start(Database.H2.create(),
				"spring.lifecycle.timeout-per-shutdown-phase=1h");
		try (EventStream stream = LiveSite.stream(stopping, "max", "")) {
			assertThat(stream.status()).isEqualTo(200);
			stopping.close();
			Together.eventually(stream::hasEnded);
		}
	}

	private static void send(String username, String words) {
		site.get(FlashSender.class).send(username, FlashLevel.INFO, words);
	}

	private static Answer confirm(String username, Answer page) {
		Matcher token = TOKEN.matcher(page.text());
		assertThat(token.find()).isTrue();
		return LiveSite.browser(site, username).postWithoutToken("/actionlog/live/shown", "token", token.group(1));
	}

	private static int rows(String username) {
		return site.jdbc()
			.sql("select count(*) from actionlog_flash where username = ?")
			.param(username)
			.query(Integer.class)
			.single();
	}

}

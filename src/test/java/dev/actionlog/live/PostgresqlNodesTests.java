package dev.actionlog.live;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.actionlog.database.Database;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PostgresqlNodes}.
 */
@NullUnmarked
class PostgresqlNodesTests {

	private static TestApplication application;

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	private final PostgresqlNodes one = node();

	private final PostgresqlNodes two = node();

	private final Set<String> heard = ConcurrentHashMap.newKeySet();

	@BeforeAll
	static void start() {
		application = TestApplication.start(dev.actionlog.testing.Database.POSTGRESQL.create());
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
		this.executor.shutdownNow();
	}

	@Test
	void namesOfAnyKindArrive() throws Exception {
		listen();
		Set<String> names = Set.of("a,b\nc", "plus+percent%41", "日本 é", "👍".repeat(120), " ");
		names.forEach((name) -> this.one.tell(name, Hint.ACTIONS));
		Together.eventually(() -> this.heard.size() == names.size());
		assertThat(this.heard).isEqualTo(names.stream().map((name) -> "ACTIONS " + name).collect(Collectors.toSet()));
	}

	@Test
	void namesOfAnyNumberArriveInFewStatements() throws Exception {
		listen();
		SqlLog sql = application.get(SqlLog.class);
		sql.clear();
		Set<String> names = IntStream.range(0, 3000)
			.mapToObj((i) -> "a user of a long name " + i)
			.collect(Collectors.toSet());
		for (int i = 0; i < 3; i++) {
			names.forEach((name) -> this.one.tell(name, Hint.MESSAGES));
		}
		Together.eventually(() -> this.heard.size() == names.size());
		assertThat(sql.statements().stream().filter((statement) -> statement.contains("pg_notify"))).hasSizeLessThan(5);
	}

	/**
	 * Any role of the database can send to the channel.
	 */
	@Test
	void whatIsNoHintIsIgnored() throws Exception {
		listen();
		for (String line : List.of("", "x", "MESSAGES %zz", "NEWS ann", "%")) {
			application.jdbc()
				.sql("select pg_notify('actionlog_live', ?)")
				.param("x\n" + line)
				.query((row, number) -> number)
				.list();
		}
		this.one.tell("ann", Hint.MESSAGES);
		Together.eventually(() -> this.heard.contains("MESSAGES ann"));
		assertThat(this.heard).containsExactly("MESSAGES ann");
	}

	@Test
	void nodeDoesNotHearItself() throws Exception {
		this.one.listen((name, hint) -> this.heard.add("itself"));
		listen();
		this.one.tell("ann", Hint.MESSAGES);
		Together.eventually(() -> this.heard.contains("MESSAGES ann"));
		assertThat(this.heard).doesNotContain("itself");
	}

	/**
	 * Nobody waits for the database, and what it did not take is not kept.
	 */
	@Test
	void tellsAgainAfterFailure() throws Exception {
		listen();
		SqlLog sql = application.get(SqlLog.class);
		sql.failOnce("select pg_notify");
		this.one.tell("lost", Hint.MESSAGES);
		Together.eventually(() -> sql.statements().stream().anyMatch((statement) -> statement.contains("pg_notify")));
		this.one.tell("ann", Hint.MESSAGES);
		Together.eventually(() -> this.heard.contains("MESSAGES ann"));
		assertThat(this.heard).doesNotContain("MESSAGES lost");
	}

	private void listen() throws Exception {
		this.two.listen((name, hint) -> this.heard.add(hint + " " + name));
		// until it listens
		Together.eventually(() -> {
			this.one.tell("", Hint.MESSAGES);
			TimeUnit.MILLISECONDS.sleep(20);
			return !this.heard.isEmpty();
		});
		this.one.tell("last", Hint.MESSAGES);
		Together.eventually(() -> this.heard.contains("MESSAGES last"));
		this.heard.clear();
	}

	private PostgresqlNodes node() {
		return new PostgresqlNodes(application.get(Database.class), this.executor);
	}

}

package dev.actionlog.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import dev.actionlog.app.HostileRequests.Request;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Extent;
import dev.actionlog.testing.Pictures;
import dev.actionlog.testing.RawHttp;
import dev.actionlog.testing.ServerLog;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with hostile requests over several connections: 800, or, where everything is
 * tested, 3,200 on each database. The system property {@code fuzz.requests} sets another
 * number: {@code ./mvnw verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false
 * -Dit.test=FuzzIT -Dfuzz.requests=10000 -Dinvoker.skip=true} sends 10,000. The seed is
 * printed; the system property {@code fuzz.seed} sets another one.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class FuzzIT {

	private static final long SEED = 20261128;

	private static final int CONNECTIONS = 8;

	/** A round has new users, because they sign out, or lose their sessions. */
	private static final int REQUESTS = 25;

	private static final int ROUNDS = Integer.getInteger("fuzz.requests", Extent.isAll() ? 3_200 : 800) / CONNECTIONS
			/ REQUESTS;

	private static final int MAX_HEAD = 8000;

	/** The warnings of Spring MVC: a line without a stack trace. */
	private static final List<String> LOGGED = List.of("Resolved [org.springframework.",
			"Ignoring exception, response committed already: org.springframework.", "Received invalid Accept header. ");

	private static final long MEGABYTE = 1024 * 1024;

	private final App app;

	private final long seed;

	private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

	private final Queue<String> findings = new ConcurrentLinkedQueue<>();

	FuzzIT(Database database) {
		this.app = App.on(database);
		this.seed = Long.getLong("fuzz.seed", SEED) + ((database == Database.H2) ? 0 : 1);
	}

	@Test
	void nothingIsAnsweredWithAnErrorOfTheServer() throws Exception {
		System.out.println("Hostile requests: -Dfuzz.seed=" + Long.getLong("fuzz.seed", SEED));
		String victim = victim();
		List<String> before = rows(victim);
		// what grows until it is large enough does so now
		fuzz(new Random(~this.seed), 2, victim);
		int threads = threads();
		long heap = heap();
		this.statuses.clear();
		try (ServerLog log = new ServerLog()) {
			fuzz(new Random(this.seed), ROUNDS, victim);
			System.out.println("Statuses: " + new TreeMap<>(this.statuses));
			assertThat(this.findings).isEmpty();
			assertThat(log.entries())
				.allMatch((entry) -> LOGGED.stream().anyMatch(entry::startsWith) && !entry.contains("\n\tat "));
		}
		assertThat(this.statuses.keySet()).contains(200, 303, 400, 403, 404, 405, 413, 415);
		assertThat(rows(victim)).isEqualTo(before);
		Together.eventually(() -> threads() <= threads + CONNECTIONS);
		Together.eventually(() -> heap() <= heap + 30 * MEGABYTE);
	}

	private void fuzz(Random random, int rounds, String victim) throws Exception {
		for (int round = 0; round < rounds; round++) {
			long seed = random.nextLong();
			Together.run(CONNECTIONS,
					(thread) -> send(new HostileRequests(seed + thread, this.app.endpoints()), victim));
			this.app.sql().clear();
		}
	}

	private void send(HostileRequests requests, String victim) throws IOException {
		Browser user = this.app.signUp(App.newName());
		Browser visitor = this.app.browser();
		try (RawHttp connection = new RawHttp(this.app.port())) {
			for (int i = 0; i < REQUESTS; i++) {
				Request request = requests.next((i % 2 == 0) ? user : visitor, victim);
				Answer answer = connection.send(request.bytes(), !request.whole());
				if (answer.status() == 0) {
					// the connection was closed after the answer before
					answer = connection.send(request.bytes(), !request.whole());
				}
				check(request, answer);
			}
		}
	}

	private void check(Request request, Answer answer) {
		this.statuses.merge(answer.status(), 1, Integer::sum);
		// a proxy, too, must be told that there is no such transfer coding or version
		if (List.of(500, 502, 503, 504).contains(answer.status())
				|| Stream.of("\tat ", "Exception", "Tomcat").anyMatch(answer.text()::contains)
				|| (answer.status() == 0 && request.whole() && request.head().length() < MAX_HEAD)) {
			this.findings.add(request + "\n" + answer);
		}
	}

	/**
	 * A user with a log, a photo and a message that waits, whose password nobody knows.
	 */
	private String victim() {
		String name = App.newName();
		Browser browser = this.app.browser();
		browser.post("/sign-up", "username", name, "password", "staple of another horse");
		browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 10)));
		browser.get("/profile");
		this.app.bean(FlashSender.class).send(name, FlashLevel.INFO, "for you only");
		return name;
	}

	/**
	 * All that is stored of a user.
	 */
	private List<String> rows(String username) {
		List<String> rows = new ArrayList<>();
		for (String table : List.of("users", "authorities", "account", "photo", "export", "recovery_code",
				"actionlog_profile", "actionlog_action", "actionlog_flash")) {
			rows.addAll(this.app.jdbc()
				.sql("select * from " + table + " where username = ? order by 2")
				.param(username)
				.query((row, number) -> table + columns(row))
				.list());
		}
		assertThat(rows).hasSizeGreaterThan(5);
		return rows;
	}

	private static List<String> columns(ResultSet row) throws SQLException {
		List<String> columns = new ArrayList<>();
		for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
			columns.add(row.getString(column));
		}
		return columns;
	}

	private static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}

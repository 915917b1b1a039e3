package dev.actionlog.flash;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.actionlog.testing.Database;
import dev.actionlog.testing.SetClock;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for announcements to many users whose pages are loaded by two nodes, fail, or are
 * never finished because their node dies. The number of users is 1,000, or that of the
 * property {@code storm.users}.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = "PARTITIONED_POSTGRESQL", mode = EnumSource.Mode.EXCLUDE)
@NullUnmarked
class AnnouncementStormIT {

	private static final int USERS = Integer.getInteger("storm.users", 1000);

	private static final int READERS = 8;

	/** On a busy machine, too: ten users a second. */
	private static final Duration PATIENCE = Duration.ofSeconds(180 + USERS / 10);

	private static final String LEASE = "actionlog.flash.lease=5s";

	private static final SetClock clock = new SetClock(InstantSource.system());

	private static List<TestApplication> nodes;

	@Parameter
	Database database;

	private final Map<String, AtomicInteger> shown = new ConcurrentHashMap<>();

	private final AtomicInteger died = new AtomicInteger();

	private volatile boolean withdrawn;

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		Map<String, Object> settings = database.create();
		clock.reset();
		nodes = List.of(WebTestApplication.start(settings, clock, LEASE),
				WebTestApplication.start(settings, clock, LEASE));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		nodes.forEach(TestApplication::close);
	}

	@Test
	void eachUserIsShownEachOnceAndNoneAfterItWasWithdrawn() throws Exception {
		long seed = System.nanoTime();
		Announcements announcements = nodes.get(0).get(Announcements.class);
		announcements.publish(AnnouncementDraft.of(FlashLevel.INFO, "live"));
		Instant begins = clock.instant().plus(Duration.ofHours(1));
		announcements.publish(AnnouncementDraft.of(FlashLevel.INFO, "scheduled").from(begins));
		Announcement mistake = announcements.publish(AnnouncementDraft.of(FlashLevel.INFO, "withdrawn"));
		AtomicInteger pages = new AtomicInteger();
		Together.run(READERS, PATIENCE, (reader) -> {
			Random random = new Random(seed + reader);
			int page;
			while ((page = pages.getAndIncrement()) < USERS * 2) {
				if (page == USERS / 2) {
					announcements.withdraw(mistake.id());
					this.withdrawn = true;
				}
				if (page == USERS) {
					clock.set(begins);
				}
				loadPage("user" + random.nextInt(USERS), random.nextInt(20));
			}
		});
		assertThat(this.died).as("seed %d", seed).hasPositiveValue();
		// what dead nodes held waits until the lease has ended by the clock of the
		// database
		TimeUnit.SECONDS.sleep(6);
		Together.run(READERS, PATIENCE, (reader) -> {
			for (int user = reader; user < USERS; user += READERS) {
				loadPage("user" + user, 19);
				loadPage("user" + user, 19);
			}
		});
		for (int user = 0; user < USERS; user++) {
			assertThat(times("user" + user, "live")).as("user %d, seed %d", user, seed).isOne();
			assertThat(times("user" + user, "scheduled")).as("user %d, seed %d", user, seed).isOne();
			assertThat(times("user" + user, "withdrawn")).as("user %d, seed %d", user, seed).isLessThan(2);
		}
		assertThat(announcements.list(3)).allSatisfy((it) -> {
			String name = it.message().text().getMessage();
			long users = this.shown.keySet().stream().filter((key) -> key.endsWith(" " + name)).count();
			assertThat(it.seen()).as(name).isEqualTo(users);
		});
	}

	/**
	 * Loads a page on one of the nodes.
	 * @param fate 0: the page fails; 1: its node dies before it is out
	 */
	private void loadPage(String username, int fate) {
		boolean late = this.withdrawn;
		FlashClaim claim = WebTestApplication.storage(nodes.get(fate % 2), username).claim();
		if (late) {
			assertThat(claim.messages()).extracting((message) -> message.text().getMessage())
				.doesNotContain("withdrawn");
		}
		if (fate == 0) {
			claim.release();
		}
		else if (fate == 1) {
			this.died.incrementAndGet();
		}
		else {
			claim.messages()
				.forEach((message) -> this.shown
					.computeIfAbsent(username + " " + message.text().getMessage(), (key) -> new AtomicInteger())
					.incrementAndGet());
			claim.acknowledge((message) -> false);
		}
	}

	private int times(String username, String message) {
		return this.shown.getOrDefault(username + " " + message, new AtomicInteger()).get();
	}

}

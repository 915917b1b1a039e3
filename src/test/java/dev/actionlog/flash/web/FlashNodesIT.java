package dev.actionlog.flash.web;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for one user in many tabs, on two servers with one database.
 */
@NullUnmarked
class FlashNodesIT {

	private static final int SENDERS = 4;

	private static final int READERS = 8;

	private static final int MESSAGES = 6000;

	private static List<TestApplication> nodes;

	@BeforeAll
	static void start() {
		Map<String, Object> settings = Database.POSTGRESQL.create();
		nodes = List.of(Site.start(settings, "actionlog.flash.max-pending=" + MESSAGES),
				Site.start(settings, "actionlog.flash.max-pending=" + MESSAGES));
	}

	@AfterAll
	static void stop() {
		nodes.forEach(TestApplication::close);
	}

	@Test
	void eachMessageIsShownExactlyOnceOnTwoServers() throws Exception {
		Map<String, AtomicInteger> shown = new ConcurrentHashMap<>();
		AtomicInteger seen = new AtomicInteger();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
		Together.run(SENDERS + READERS, (thread) -> {
			Browser browser = Site.browser(nodes.get(thread % 2), "ann");
			if (thread < SENDERS) {
				for (int i = 0; i < MESSAGES / SENDERS; i++) {
					assertThat(browser.postWithoutToken("/add", "text", thread + "." + i).status()).isEqualTo(303);
				}
				return;
			}
			for (int i = 0; seen.get() < MESSAGES && System.nanoTime() < end; i++) {
				boolean breaks = i % 8 == thread - SENDERS;
				Answer page = browser.get(breaks ? "/broken" : "/page");
				assertThat(page.status()).isEqualTo(breaks ? 500 : 200);
				List<String> messages = page.messages();
				messages.forEach((word) -> shown.computeIfAbsent(word, (w) -> new AtomicInteger()).incrementAndGet());
				seen.addAndGet(messages.size());
			}
		});
		assertThat(shown).hasSize(MESSAGES).allSatisfy((word, times) -> assertThat(times).hasValue(1));
		Together.eventually(() -> nodes.get(0)
			.jdbc()
			.sql("select count(*) from actionlog_flash")
			.query(Integer.class)
			.single() == 0);
	}

	@Test
	void messagesOfTwoServersAreShownInTheOrderOfAdding() throws Exception {
		for (int i = 0; i < 4; i++) {
			Site.browser(nodes.get(i % 2), "bob").postWithoutToken("/add", "text", "" + i);
		}
		assertThat(Site.browser(nodes.get(1), "bob").get("/page").messages()).containsExactly("0", "1", "2", "3");
		assertThat(Site.browser(nodes.get(0), "bob").get("/page").messages()).isEmpty();
	}

}

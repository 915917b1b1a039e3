package dev.actionlog.flash;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.actionlog.profile.ProfileService;
import dev.actionlog.testing.Database;
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
 * Tests for messages of one user with many senders and readers on two nodes.
 */
@ParameterizedClass
@EnumSource(Database.class)
@NullUnmarked
class FlashConcurrencyIT {

	private static final int SENDERS = 4;

	private static final int READERS = 8;

	private static final int MESSAGES = 6000;

	private static List<TestApplication> nodes;

	@Parameter
	Database database;

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		Map<String, Object> settings = database.create();
		nodes = List.of(TestApplication.start(settings, "actionlog.flash.max-pending=" + MESSAGES),
				TestApplication.start(settings, "actionlog.flash.max-pending=" + MESSAGES));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		nodes.forEach(TestApplication::close);
	}

	@Test
	void eachMessageIsShownExactlyOnce() throws Exception {
		Map<String, AtomicInteger> shown = new ConcurrentHashMap<>();
		Queue<List<String>> pages = new ConcurrentLinkedQueue<>();
		AtomicInteger acknowledged = new AtomicInteger();
		Semaphore arrived = new Semaphore(0);
		AtomicInteger failed = new AtomicInteger();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
		Together.run(SENDERS + READERS, (thread) -> {
			TestApplication node = nodes.get(thread % 2);
			if (thread < SENDERS) {
				FlashSender sender = node.get(FlashSender.class);
				IntStream.range(0, MESSAGES / SENDERS).forEach((i) -> {
					sender.send("ann", FlashLevel.INFO, "%d.%04d".formatted(thread, i));
					arrived.release();
				});
				return;
			}
			FlashStorage storage = WebTestApplication.storage(node, "ann");
			for (int page = 0; acknowledged.get() < MESSAGES && System.nanoTime() < end; page++) {
				FlashClaim claimed = storage.claim();
				if (claimed.messages().isEmpty()) {
					arrived.tryAcquire(10, TimeUnit.MILLISECONDS);
					arrived.drainPermits();
				}
				// some pages fail after the claim: others show what they held
				else if (page % 8 == thread - SENDERS) {
					claimed.release();
					failed.incrementAndGet();
				}
				else {
					List<String> words = claimed.messages()
						.stream()
						.map((message) -> message.text().getMessage())
						.toList();
					words.forEach((word) -> shown.computeIfAbsent(word, (w) -> new AtomicInteger()).incrementAndGet());
					pages.add(words);
					claimed.acknowledge((message) -> false);
					acknowledged.addAndGet(words.size());
				}
			}
		});
		assertThat(shown).hasSize(MESSAGES).allSatisfy((word, times) -> assertThat(times).hasValue(1));
		assertThat(failed).hasPositiveValue();
		// what one sender wrote is in that order in each page
		assertThat(pages).allSatisfy((words) -> IntStream.range(0, SENDERS)
			.forEach(
					(sender) -> assertThat(words.stream().filter((word) -> word.startsWith(sender + "."))).isSorted()));
		assertThat(nodes.get(0).jdbc().sql("select count(*) from actionlog_flash").query(Integer.class).single())
			.isZero();
	}

	@Test
	void pageThatHasShownMessagesAndWhoeverDeletesTheUserDoNotBlockEachOther() throws Exception {
		FlashSender sender = nodes.get(0).get(FlashSender.class);
		UserFlashStorage storage = (UserFlashStorage) WebTestApplication.storage(nodes.get(0), "bob");
		ProfileService profiles = nodes.get(1).get(ProfileService.class);
		for (int round = 0; round < 60; round++) {
			IntStream.range(0, 10).forEach((i) -> sender.send("bob", FlashLevel.INFO, "m" + i));
			UserFlashClaim claim = storage.claim();
			assertThat(claim.messages()).hasSize(10);
			Together.run(2, (thread) -> {
				if (thread == 0) {
					// without the further tries that a page has
					storage.acknowledge(claim.token());
				}
				else {
					profiles.delete("bob");
				}
			});
		}
	}

}

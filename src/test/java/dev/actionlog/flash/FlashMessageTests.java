package dev.actionlog.flash;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.actionlog.testing.SetClock;
import dev.actionlog.text.Text;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlashMessage}, as it is made of what was stored.
 */
class FlashMessageTests {

	private final SetClock clock = StoppedClock.create();

	private final FlashPolicy policy = new FlashPolicy(new FlashProperties(FlashLevel.INFO, 100, Duration.ofDays(30),
			10, Duration.ofSeconds(30), Map.of(29, "custom", 10, "trace")), (what, messages) -> {
			}, ObservationRegistry.NOOP, this.clock, (event) -> {
			});

	@Test
	void hasWhatTheDraftSays() {
		this.clock.set(Instant.parse("2026-11-21T13:05:07.123456789Z"));
		Text text = Text.of("photo.changed", "cat", 7).link("/photos/7");
		FlashMessage message = message(FlashDraft.of(FlashLevel.INFO, text));
		assertThat(message.level()).isEqualTo(FlashLevel.INFO);
		assertThat(message.text()).isEqualTo(text);
		assertThat(message.link()).isEqualTo("/photos/7");
		assertThat(message.sentAt()).isEqualTo("2026-11-21T13:05:07.123456Z");
		assertThat(message(FlashDraft.of(FlashLevel.INFO, "x")).link()).isNull();
	}

	@Test
	void levelHasTheTagThatItIsConfiguredWith() {
		assertThat(message(FlashDraft.of(FlashLevel.INFO, "x")).levelTag()).isEqualTo("info");
		assertThat(message(FlashDraft.of(FlashLevel.DEBUG, "x")).levelTag()).isEqualTo("trace");
		assertThat(message(FlashDraft.of(new FlashLevel(29), "x")).levelTag()).isEqualTo("custom");
		assertThat(message(FlashDraft.of(new FlashLevel(31), "x")).levelTag()).isEmpty();
	}

	@Test
	void extraTagsComeBeforeTheTagOfTheLevel() {
		assertThat(message(FlashDraft.of(FlashLevel.ERROR, "x").tags("a", "b")).tags()).isEqualTo("a b error");
		assertThat(message(FlashDraft.of(FlashLevel.ERROR, "x")).tags()).isEqualTo("error");
		assertThat(message(FlashDraft.of(new FlashLevel(31), "x").tags("a")).tags()).isEqualTo("a");
		assertThat(message(FlashDraft.of(new FlashLevel(31), "x")).tags()).isEmpty();
	}

	@Test
	void waitsForItsOwnTimeOrElseTheDefault() {
		Instant now = StoppedClock.START;
		FlashDraft draft = FlashDraft.of(FlashLevel.INFO, "x");
		assertThat(message(draft).expiresAt()).isEqualTo(now.plus(Duration.ofDays(30)));
		assertThat(message(draft.expiresIn(Duration.ofHours(1))).expiresAt()).isEqualTo(now.plus(Duration.ofHours(1)));
	}

	@Test
	void isMadeOnlyAtOrAboveTheThreshold() {
		FlashDraft info = FlashDraft.of(FlashLevel.INFO, "x");
		assertThat(this.policy.accept(info, null)).isPresent();
		assertThat(this.policy.accept(FlashDraft.of(FlashLevel.DEBUG, "x"), null)).isEmpty();
		assertThat(this.policy.accept(info, FlashLevel.INFO)).isPresent();
		assertThat(this.policy.accept(info, new FlashLevel(21))).isEmpty();
	}

	private FlashMessage message(FlashDraft draft) {
		return this.policy.accept(draft, FlashLevel.DEBUG).orElseThrow();
	}

}

package dev.actionlog.flash;

import java.time.Duration;
import java.util.List;

import dev.actionlog.text.Text;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FlashDraft}.
 */
class FlashDraftTests {

	private final FlashDraft draft = FlashDraft.of(FlashLevel.INFO, "photo.changed", "cat");

	@Test
	void hasNoTagsAndNoExpiryOfItsOwn() {
		assertThat(this.draft.level()).isEqualTo(FlashLevel.INFO);
		assertThat(this.draft.text()).isEqualTo(Text.of("photo.changed", "cat"));
		assertThat(this.draft.extraTags()).isEmpty();
		assertThat(this.draft.expiry()).isNull();
	}

	@Test
	void isImmutable() {
		this.draft.tags("a").expiresIn(Duration.ofDays(1));
		assertThat(this.draft.extraTags()).isEmpty();
		assertThat(this.draft.expiry()).isNull();
	}

	@Test
	void keepsWhatItWasGivenInAnyOrder() {
		Duration day = Duration.ofDays(1);
		assertThat(List.of(this.draft.tags("a", "b").expiresIn(day), this.draft.expiresIn(day).tags("a", "b")))
			.allSatisfy((changed) -> {
				assertThat(changed.text()).isEqualTo(this.draft.text());
				assertThat(changed.extraTags()).isEqualTo("a b");
				assertThat(changed.expiry()).isEqualTo(day);
			});
	}

	@Test
	void rejectsBlankText() {
		for (String blank : List.of("", " ", "\t\n", "\0", "\ud83d")) {
			assertThatIllegalArgumentException().isThrownBy(() -> FlashDraft.of(FlashLevel.INFO, blank));
		}
	}

	@Test
	void cutsTextWithAnEllipsis() {
		assertThat(message("x".repeat(1000))).isEqualTo("x".repeat(1000));
		assertThat(message("x".repeat(5000))).isEqualTo("x".repeat(999) + "…");
		assertThat(message("💩".repeat(1000))).isEqualTo("💩".repeat(499) + "…");
	}

	@Test
	void rejectsTagsWithOtherCharacters() {
		for (String tag : List.of("", " ", "a b", "a\"", "<b>", "é", "a\n", "a;b", "a'b", "a\0")) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.draft.tags("fine", tag))
				.withMessageContaining("no tag");
		}
		assertThat(this.draft.tags("a-B_9").extraTags()).isEqualTo("a-B_9");
	}

	@Test
	void rejectsTagsThatAreTooLongTogether() {
		assertThat(this.draft.tags("a".repeat(100), "b".repeat(99)).extraTags()).hasSize(200);
		assertThatIllegalArgumentException().isThrownBy(() -> this.draft.tags("a".repeat(100), "b".repeat(100)));
	}

	@Test
	void linksOnlyToPathsOnThisSite() {
		assertThat(FlashDraft.of(FlashLevel.INFO, Text.of("x").link("/photos/7?a=b#c")).text().getLink())
			.isEqualTo("/photos/7?a=b#c");
		for (String link : List.of("javascript:alert(1)", "//evil", "https://elsewhere", "/\\evil", "/a\nb",
				"/a\u007fb", "photos", "", "/a//b")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> FlashDraft.of(FlashLevel.INFO, Text.of("x").link(link)));
		}
	}

	@Test
	void rejectsExpiryOutOfBounds() {
		for (Duration expiry : List.of(Duration.ZERO, Duration.ofNanos(-1), FlashDraft.MAX_EXPIRY.plusNanos(1),
				Duration.ofSeconds(Long.MAX_VALUE))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.draft.expiresIn(expiry));
		}
		assertThat(this.draft.expiresIn(FlashDraft.MAX_EXPIRY).expiry()).isEqualTo(FlashDraft.MAX_EXPIRY);
		assertThat(this.draft.expiresIn(Duration.ofNanos(1)).expiry()).isEqualTo(Duration.ofNanos(1));
	}

	private static String message(String message) {
		return FlashDraft.of(FlashLevel.INFO, message).text().getMessage();
	}

	@Test
	void keyHasBounds() {
		FlashDraft draft = FlashDraft.of(FlashLevel.INFO, "x");
		assertThat(draft.key("k".repeat(FlashDraft.MAX_KEY_LENGTH)).key()).hasSize(FlashDraft.MAX_KEY_LENGTH);
		for (String key : List.of("", " ", "k".repeat(FlashDraft.MAX_KEY_LENGTH + 1), "a\0b", "\ud83d")) {
			assertThatIllegalArgumentException().isThrownBy(() -> draft.key(key)).withMessageContaining("key");
		}
	}

	@Test
	void actionIsPathWithLabel() {
		FlashDraft draft = FlashDraft.of(FlashLevel.INFO, "x").action("/export?again=1", "y".repeat(300));
		assertThat(draft.action()).isNotNull().satisfies((action) -> {
			assertThat(action.getLink()).isEqualTo("/export?again=1");
			assertThat(action.getMessage()).hasSize(FlashDraft.MAX_LABEL_LENGTH).endsWith("…");
		});
		for (String path : List.of("//evil", "https://elsewhere", "javascript:x", "export", "/a\\b")) {
			assertThatIllegalArgumentException().isThrownBy(() -> draft.action(path, "Go"));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> draft.action("/x", " "));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FlashDraft(FlashLevel.INFO, Text.of("x"), "", null, null, Text.of("without a path")));
	}

	@Test
	void eachChangeKeepsTheOthers() {
		FlashDraft draft = FlashDraft.of(FlashLevel.INFO, Text.of("x").link("/l"))
			.action("/a", "Go")
			.key("k")
			.tags("t")
			.expiresIn(Duration.ofHours(1));
		assertThat(draft).isEqualTo(new FlashDraft(FlashLevel.INFO, Text.of("x").link("/l"), "t", Duration.ofHours(1),
				"k", Text.of("Go").link("/a")));
		assertThat(FlashDraft.of(FlashLevel.INFO, Text.of("x").link("/l"))
			.expiresIn(Duration.ofHours(1))
			.tags("t")
			.key("k")
			.action("/a", "Go")).isEqualTo(draft);
	}

}

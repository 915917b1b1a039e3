package dev.actionlog.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Text}.
 */
class TextTests {

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t\n", "\0", "\0 \0", "\ud83d", "\udca9 \ud83d" })
	void rejectsBlankText(String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> Text.of(message)).withMessageContaining("blank");
	}

	@Test
	void rejectsNinthArgument() {
		assertThat(Text.of("x", 1, 2, 3, 4, 5, 6, 7, 8).getArgs()).hasSize(8);
		assertThatIllegalArgumentException().isThrownBy(() -> Text.of("x", 1, 2, 3, 4, 5, 6, 7, 8, 9))
			.withMessageContaining("at most 8");
	}

	@Test
	void takesNoArgumentsAtAll() {
		assertThat(Text.of("x").getArgs()).isEmpty();
		assertThat(Text.of("x", (Object @Nullable []) null).getArgs()).isEmpty();
	}

	@Test
	void nullArgumentIsEmptyText() {
		assertThat(Text.of("x", null, 1, null).getArgs()).containsExactly("", BigDecimal.ONE, "");
	}

	@Test
	void numbersStayNumbersInPlainForm() {
		assertThat(Text
			.of("x", 7, -8L, 1.5d, 0.25f, new BigDecimal("1E+3"), BigInteger.TEN.pow(30), new AtomicInteger(3), -0.0d)
			.getArgs()).containsExactly(new BigDecimal("7"), new BigDecimal("-8"), new BigDecimal("1.5"),
					new BigDecimal("0.25"), new BigDecimal("1000"), new BigDecimal(BigInteger.TEN.pow(30)),
					new BigDecimal("3"), new BigDecimal("0.0"));
	}

	@Test
	void numbersWithoutBearablePlainFormAreText() {
		assertThat(Text
			.of("x", new BigDecimal("1E+2147483647"), new BigDecimal("1E-2147483647"), Double.NaN,
					Double.NEGATIVE_INFINITY, Double.MAX_VALUE)
			.getArgs()).containsExactly("1E+2147483647", "1E-2147483647", "NaN", "-Infinity", "1.7976931348623157E308");
		assertThat(Text.of("x", BigInteger.TEN.pow(250)).getArgs()).singleElement()
			.asString()
			.startsWith("1000")
			.endsWith("…")
			.hasSizeLessThanOrEqualTo(Text.MAX_ARG_LENGTH);
	}

	@ParameterizedTest
	@ValueSource(strings = { "12", "-12", "1.50", "007", "12345678901234567890", "\\", "\\12", "\\\\", "\\d+", "1E5",
			"NaN", "", " ", " 12", "١٢", "+1", "@", "@ann", "@d2026-11-21", "\\@", "2026-11-21" })
	void textStaysTextWhateverItLooksLike(String arg) {
		assertThat(Text.of("x", arg).getArgs()).containsExactly(arg);
	}

	@Test
	void otherArgumentsAreTheirText() {
		assertThat(Text.of("x", Year.of(2026), true, 'c').getArgs()).containsExactly("2026", "true", "c");
	}

	@Test
	void datesAndTimesKeepTheirTypes() {
		Object[] dates = { Instant.parse("2026-11-21T13:05:07.123456789Z"), LocalDate.of(2026, 11, 21),
				LocalTime.of(13, 5), LocalDateTime.of(2026, 11, 21, 13, 5), OffsetDateTime.parse("2026-11-21T13:05Z"),
				OffsetDateTime.parse("2026-11-21T13:05:07+05:30"),
				ZonedDateTime.parse("2026-10-25T01:30Z[Europe/Lisbon]"),
				ZonedDateTime.parse("2026-10-25T01:30+01:00[Europe/Lisbon]") };
		assertThat(Text.of("x", dates).getArgs()).containsExactly(dates);
		Object[] extremes = { Instant.MIN, Instant.MAX, LocalDate.MIN, LocalDate.MAX, LocalTime.MAX, LocalDateTime.MIN,
				OffsetDateTime.MAX, OffsetDateTime.MIN };
		assertThat(Text.of("x", extremes).getArgs()).containsExactly(extremes);
	}

	@Test
	void marksThatAreNoDatesAreText() {
		String args = String.join("\u001f", "@", "@i", "@dtomorrow", "@d2026-02-30", "@x2026-11-21", "");
		assertThat(new Text("x", args, null).getArgs()).containsExactly("@", "@i", "@dtomorrow", "@d2026-02-30",
				"@x2026-11-21");
	}

	@Test
	void argumentsAreCut() {
		assertThat(Text.of("x", "a".repeat(200)).getArgs()).containsExactly("a".repeat(200));
		assertThat(Text.of("x", "a".repeat(5000)).getArgs()).containsExactly("a".repeat(199) + "…");
		assertThat(Text.of("x", "😀".repeat(1000)).getArgs()).containsExactly("😀".repeat(99) + "…");
		assertThat(Text.of("x", "9".repeat(5000)).getArgs()).singleElement().asString().endsWith("9…");
	}

	@Test
	void argumentsAreNotMixedUp() {
		assertThat(Text.of("x", "a\u001fb", "\u001f", "c").getArgs()).containsExactly("ab", "", "c");
		assertThat(Text.of("x", "")).isNotEqualTo(Text.of("x")).isNotEqualTo(Text.of("x", "", ""));
	}

	@Test
	void dropsWhatDatabasesCannotStore() {
		Text text = Text.of("a\0b\ud83dc\udca9d💩", "\0", "\ud83dx\0", "\udca9\ud83d");
		assertThat(text.getMessage()).isEqualTo("abcd💩");
		assertThat(text.getArgs()).containsExactly("", "x", "");
	}

	@Test
	void cutsTheMessageWithTheEllipsisIncluded() {
		Text text = Text.of("a".repeat(5000));
		assertThat(text.getMessage()).hasSize(5000);
		assertThat(text.limitedTo(200).getMessage()).isEqualTo("a".repeat(199) + "…");
		assertThat(text.limitedTo(1).getMessage()).isEqualTo("…");
		assertThat(text.limitedTo(5000)).isSameAs(text);
	}

	@Test
	void neverCutsInsideSurrogatePair() {
		Text text = Text.of("😀".repeat(1000));
		assertThat(text.limitedTo(200).getMessage()).isEqualTo("😀".repeat(99) + "…");
		assertThat(text.limitedTo(199).getMessage()).isEqualTo("😀".repeat(99) + "…");
		assertThat(text.limitedTo(2).getMessage()).isEqualTo("…");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/photos/7", "/photos/7?size=big&x=a%20b#top", "/a/../b", "/café/🙂", "/a:b", "/~ann",
			"/a(b=c)", "/a b", "/search?u=http://x", "/a#\\b", "/?", "/#", "/?//x", "/a/?b#//\\c", "/a/b/", "/..",
			"/%2f", "/%5c", "/.;/x", "/@x" })
	void acceptsPathsOnThisSite(String path) {
		assertThat(Text.of("x").link(path).getLink()).isEqualTo(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "photos", "//evil.example", "/\\evil.example", "/a\\b", "https://evil.example",
			"/a//b", "javascript:alert(1)", " /a", "/a\nb", "/\t/evil.example", "/a\0", "/a\u0085", "/a\ud83d", "\\/a",
			"?next=/a", "/..//x", "/.//evil.example", "/a//?b", "//?b", "/\\?b", "/a?b\nc", "/a#\u0085", "/a?\ud83d",
			"/\r//x", "#/a" })
	void refusesOtherLinks(String path) {
		Text text = Text.of("x");
		assertThatIllegalArgumentException().isThrownBy(() -> text.link(path)).withMessageContaining("/photos/7");
	}

	@Test
	void refusesOverlongLink() {
		Text text = Text.of("x");
		assertThat(text.link("/" + "a".repeat(499)).getLink()).hasSize(500);
		assertThatIllegalArgumentException().isThrownBy(() -> text.link("/" + "a".repeat(500)));
	}

	@Test
	void linkMakesCopyAndSurvivesTheCut() {
		Text text = Text.of("a".repeat(300), 1);
		Text linked = text.link("/a");
		assertThat(text.getLink()).isNull();
		assertThat(linked.limitedTo(200).getLink()).isEqualTo("/a");
		assertThat(linked.limitedTo(200).getArgs()).containsExactly(BigDecimal.ONE);
	}

	@Test
	void argumentsCannotBeChanged() {
		Object[] args = { "a" };
		Text text = Text.of("x", args);
		args[0] = "b";
		assertThat(text.getArgs()).containsExactly("a").isUnmodifiable();
	}

	@Test
	void isValue() {
		Text text = Text.of("x", 1, "a").link("/a");
		assertThat(text).isEqualTo(Text.of("x", 1, "a").link("/a"))
			.hasSameHashCodeAs(Text.of("x", 1, "a").link("/a"))
			.isNotEqualTo(Text.of("x", "1", "a").link("/a"))
			.isNotEqualTo(Text.of("y", 1, "a").link("/a"))
			.isNotEqualTo(Text.of("x", 1, "a"))
			.hasToString("x[1, a] -> /a");
	}

}

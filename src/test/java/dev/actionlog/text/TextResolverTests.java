package dev.actionlog.text;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

import org.junit.jupiter.api.Test;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TextResolver}.
 */
class TextResolverTests {

	private static final Locale BRAZIL = Locale.forLanguageTag("pt-BR");

	private static final Locale PORTUGUESE = Locale.forLanguageTag("pt");

	private static final String TITLE = "actionlog.history.title";

	private final StaticMessageSource application = new StaticMessageSource();

	private final TextResolver resolver = new TextResolver(this.application);

	@Test
	void asksTheApplicationFirst() {
		this.application.addMessage(TITLE, Locale.ENGLISH, "Journal");
		assertThat(this.resolver.resolve(TITLE, Locale.ENGLISH)).isEqualTo("Journal");
		assertThat(this.resolver.resolve(Text.of(TITLE), Locale.ENGLISH)).isEqualTo("Journal");
	}

	@Test
	void asksItsOwnBundleSecond() {
		assertThat(this.resolver.resolve(TITLE, Locale.ENGLISH)).isEqualTo("Recent actions");
		assertThat(this.resolver.resolve(TITLE, PORTUGUESE)).isEqualTo("Ações recentes");
		assertThat(this.resolver.resolve(TITLE, BRAZIL)).isEqualTo("Ações recentes");
	}

	@Test
	void readerOfAnotherLanguageGetsEnglishWhateverTheServerSpeaks() {
		Locale server = Locale.getDefault();
		try {
			Locale.setDefault(BRAZIL);
			assertThat(this.resolver.resolve(TITLE, Locale.GERMANY)).isEqualTo("Recent actions");
		}
		finally {
			Locale.setDefault(server);
		}
	}

	@Test
	void unknownCodeStaysAsItStands() {
		assertThat(this.resolver.resolve("It's {0} o'clock", Locale.ENGLISH, 5)).isEqualTo("It's {0} o'clock");
		assertThat(this.resolver.words(Text.of("It's {0} o'clock"), Locale.ENGLISH, ZoneOffset.UTC).code()).isFalse();
	}

	@Test
	void findsItsOwnWordsWhereTheApplicationReturnsUnknownCodes() {
		this.application.setUseCodeAsDefaultMessage(true);
		assertThat(this.resolver.resolve(TITLE, Locale.ENGLISH)).isEqualTo("Recent actions");
		assertThat(this.resolver.resolve("photo.changed", Locale.ENGLISH)).isEqualTo("photo.changed");
		assertThat(this.resolver.words(Text.of("photo.changed"), Locale.ENGLISH, ZoneOffset.UTC).code()).isFalse();
	}

	@Test
	void throwingApplicationShowsTheCode() {
		MessageSource broken = mock();
		given(broken.getMessage(any(String.class), any(), any(), any(Locale.class)))
			.willThrow(new IllegalStateException("no bundle"));
		TextResolver resolver = new TextResolver(broken);
		assertThat(resolver.resolve(Text.of("photo.changed", 1), Locale.ENGLISH)).isEqualTo("photo.changed");
		assertThat(resolver.words(Text.of("photo.changed", 1), Locale.ENGLISH, ZoneOffset.UTC).code()).isTrue();
	}

	@Test
	void numbersReachThePatternAsNumbers() {
		this.application.addMessage("sum", Locale.ENGLISH, "{0} {0,number,0.00} {1}");
		this.application.addMessage("sum", Locale.GERMANY, "{0} {0,number,0.00} {1}");
		Text text = Text.of("sum", 1234.5, "1234.5");
		assertThat(this.resolver.resolve(text, Locale.ENGLISH)).isEqualTo("1,234.5 1234.50 1234.5");
		assertThat(this.resolver.resolve(text, Locale.GERMANY)).isEqualTo("1.234,5 1234,50 1234.5");
	}

	@Test
	void patternThatCannotBeRenderedShowsTheCode() {
		this.application.addMessage("number", Locale.ENGLISH, "{0,number}");
		this.application.addMessage("broken", Locale.ENGLISH, "{0,nonsense} {");
		this.application.addMessage("choice", Locale.ENGLISH, "{0,choice,0#none|1#one}");
		assertThat(this.resolver.resolve(Text.of("number", "12"), Locale.ENGLISH)).isEqualTo("number");
		assertThat(this.resolver.resolve(Text.of("broken", 12), Locale.ENGLISH)).isEqualTo("broken");
		assertThat(this.resolver.resolve(Text.of("choice", "x"), Locale.ENGLISH)).isEqualTo("choice");
		assertThat(this.resolver.words(Text.of("broken"), Locale.ENGLISH, ZoneOffset.UTC).code()).isTrue();
	}

	@Test
	void missingArgumentsDoNotFail() {
		this.application.addMessage("hello", Locale.ENGLISH, "Hello {0} and {1}");
		assertThat(this.resolver.resolve(Text.of("hello", "Ann"), Locale.ENGLISH)).isEqualTo("Hello Ann and {1}");
	}

	@Test
	void argumentsAreNoPatterns() {
		this.application.addMessage("hello", Locale.ENGLISH, "Hello {0}");
		assertThat(this.resolver.resolve(Text.of("hello", "{1} ''{0}' {", "x"), Locale.ENGLISH))
			.isEqualTo("Hello {1} ''{0}' {");
	}

	@Test
	void choosesTheWordsForNumbersOfKeptActions() {
		assertThat(this.resolver.resolve("actionlog.history.kept", Locale.ENGLISH, 0))
			.isEqualTo("No actions are kept.");
		assertThat(this.resolver.resolve("actionlog.history.kept", Locale.ENGLISH, 1))
			.isEqualTo("Only the newest action is kept.");
		assertThat(this.resolver.resolve("actionlog.history.kept", Locale.ENGLISH, 10))
			.isEqualTo("The newest 10 actions are kept.");
		assertThat(this.resolver.resolve("actionlog.history.empty", BRAZIL, 10)).contains("O que for feito aqui")
			.endsWith("As 10 ações mais recentes são guardadas.");
	}

	@Test
	void isolatesArgumentsFromRightToLeft() {
		this.application.addMessage("hello", Locale.ENGLISH, "{0} (2) and {1}");
		assertThat(this.resolver.resolve(Text.of("hello", "مريم", "Ann"), Locale.ENGLISH))
			.isEqualTo("\u2068مريم\u2069 (2) and Ann");
		this.application.addMessage("hello", Locale.forLanguageTag("ar"), "مرحبا {0}");
		assertThat(this.resolver.resolve(Text.of("hello", "C++"), Locale.forLanguageTag("ar")))
			.isEqualTo("مرحبا \u2068C++\u2069");
	}

	@Test
	void formatsTimesWithPatternsOfTheBundle() {
		LocalDateTime when = LocalDateTime.of(2026, 11, 21, 13, 5);
		assertThat(this.resolver.formatter("actionlog.history.time", BRAZIL).apply(when)).isEqualTo("13:05");
		assertThat(this.resolver.formatter("actionlog.history.time", Locale.ENGLISH).apply(when)).isEqualTo("13:05");
		assertThat(this.resolver.formatter("actionlog.history.day", Locale.ENGLISH).apply(when))
			.isEqualTo("Saturday, 21 November 2026");
		assertThat(this.resolver.formatter("actionlog.history.day", BRAZIL).apply(when))
			.isEqualTo("sábado, 21 de novembro de 2026");
	}

	@Test
	void datesReachThePatternInTheLanguageAndZoneOfTheReader() {
		this.application.addMessage("due", Locale.ENGLISH, "Due: {0}");
		this.application.addMessage("due", BRAZIL, "Vence: {0}");
		ZoneId saoPaulo = ZoneId.of("America/Sao_Paulo");
		Instant instant = Instant.parse("2026-11-22T01:05:00Z");
		for (Object due : new Object[] { instant, instant.atOffset(ZoneOffset.ofHours(9)),
				instant.atZone(ZoneId.of("Asia/Tokyo")) }) {
			Text text = Text.of("due", due);
			assertThat(this.resolver.words(text, Locale.ENGLISH, ZoneOffset.UTC).words())
				.isEqualTo("Due: 22 November 2026, 01:05");
			assertThat(this.resolver.words(text, BRAZIL, saoPaulo).words())
				.isEqualTo("Vence: 21 de novembro de 2026, 22:05");
		}
		for (ZoneId zone : new ZoneId[] { ZoneOffset.UTC, saoPaulo }) {
			assertThat(this.resolver.words(Text.of("due", LocalDate.of(2026, 11, 21)), BRAZIL, zone).words())
				.isEqualTo("Vence: 21 de novembro de 2026");
			assertThat(this.resolver.words(Text.of("due", LocalTime.of(9, 5)), Locale.ENGLISH, zone).words())
				.isEqualTo("Due: 09:05");
			assertThat(this.resolver.words(Text.of("due", LocalDateTime.of(2026, 11, 21, 13, 5)), Locale.ENGLISH, zone)
				.words()).isEqualTo("Due: 21 November 2026, 13:05");
		}
	}

	@Test
	void datesAreInTheZoneOfTheRequestWhereNoneIsNamed() {
		this.application.addMessage("due", Locale.ENGLISH, "Due: {0}");
		LocaleContextHolder.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));
		try {
			assertThat(this.resolver.resolve(Text.of("due", Instant.EPOCH), Locale.ENGLISH))
				.isEqualTo("Due: 1 January 1970, 09:00");
		}
		finally {
			LocaleContextHolder.resetLocaleContext();
		}
	}

	@Test
	void applicationChoosesThePatternsOfDates() {
		this.application.addMessage("due", Locale.ENGLISH, "Due: {0}");
		this.application.addMessage("actionlog.text.date", Locale.ENGLISH, "MMM d, uuuu");
		Text text = Text.of("due", LocalDate.of(2026, 11, 21));
		assertThat(this.resolver.resolve(text, Locale.ENGLISH)).isEqualTo("Due: Nov 21, 2026");
		this.application.addMessage("actionlog.text.date", Locale.ENGLISH, "bogus {");
		assertThat(this.resolver.resolve(text, Locale.ENGLISH)).isEqualTo("Due: 2026-11-21");
	}

	@Test
	void noDateFailsAndNoPatternForDates() {
		this.application.addMessage("due", Locale.ENGLISH, "{0}");
		this.application.addMessage("year", Locale.ENGLISH, "{0,date,yyyy}");
		ZoneOffset east = ZoneOffset.MAX;
		for (Object extreme : new Object[] { Instant.MAX, Instant.MIN, OffsetDateTime.MAX, OffsetDateTime.MIN,
				ZonedDateTime.of(LocalDateTime.MAX, ZoneOffset.MIN), LocalDate.MAX, LocalDateTime.MIN }) {
			assertThat(this.resolver.words(Text.of("due", extreme), Locale.ENGLISH, east).words())
				.containsPattern("\\d{9}");
		}
		assertThat(this.resolver.resolve(Text.of("year", LocalDate.EPOCH), Locale.ENGLISH)).isEqualTo("year");
	}

	@Test
	void patternThatDoesNotFitGivesTheIsoForm() {
		this.application.addMessage("letters", Locale.ENGLISH, "bogus {");
		LocalDate day = LocalDate.of(2026, 11, 21);
		assertThat(this.resolver.formatter("letters", Locale.ENGLISH).apply(day)).isEqualTo("2026-11-21");
		assertThat(this.resolver.formatter("actionlog.history.time", Locale.ENGLISH).apply(day))
			.isEqualTo("2026-11-21");
		assertThat(this.resolver.formatter("no.such.pattern", Locale.ENGLISH).apply(day)).isEqualTo("2026-11-21");
	}

	@Test
	void bothBundlesHaveTheSameKeys() throws IOException {
		assertThat(bundle("library_pt.properties").stringPropertyNames())
			.containsExactlyInAnyOrderElementsOf(bundle("library.properties").stringPropertyNames());
	}

	private static Properties bundle(String name) throws IOException {
		return PropertiesLoaderUtils.loadProperties(new ClassPathResource(name, TextResolver.class));
	}

}

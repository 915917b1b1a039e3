package dev.actionlog.flash;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.actionlog.text.Text;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.jackson.SecurityJacksonModules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

/**
 * Tests for {@link StoredMessage}.
 */
@NullUnmarked
class StoredMessageTests {

	private final Clock clock = StoppedClock.create();

	private final FlashPolicy policy = new FlashPolicy(new FlashProperties(FlashLevel.INFO, 100, Duration.ofDays(30),
			10, Duration.ofSeconds(30), Map.of(29, "own")), (what, messages) -> {
			}, ObservationRegistry.NOOP, this.clock, (event) -> {
			});

	@ParameterizedTest
	@EnumSource
	void isReadAsItWasStored(Serialization serialization) throws Exception {
		for (FlashDraft draft : List.of(FlashDraft.of(FlashLevel.INFO, "plain"),
				FlashDraft.of(new FlashLevel(-29), Text.of("<i>\"é日本😀\n\"").link("/a?b=c#d")).tags("big", "red"),
				FlashDraft.of(new FlashLevel(29), "x", 1, -2.50, "1", "@", "", "\\\\1", "x".repeat(300),
						Instant.parse("2026-11-21T13:05:07.123456789Z")),
				FlashDraft.of(new FlashLevel(29), "x", LocalDate.EPOCH, LocalTime.NOON, LocalDateTime.MIN,
						OffsetDateTime.MAX, ZonedDateTime.parse("2026-10-25T01:30Z[Europe/Lisbon]"), "@d1970-01-01"),
				FlashDraft.of(FlashLevel.ERROR, "x".repeat(1000)).expiresIn(FlashDraft.MAX_EXPIRY))) {
			FlashMessage message = message(draft);
			Object stored = serialization.copy(StoredMessage.of(message));
			assertThat(StoredMessage.read(stored, this.policy)).isEqualTo(message);
		}
	}

	@Test
	void argumentsKeepTheirTypes() {
		FlashMessage message = message(
				FlashDraft.of(FlashLevel.INFO, "x", 1, "1", new BigDecimal("1.50"), LocalDate.EPOCH, "1970-01-01"));
		assertThat(StoredMessage.read(StoredMessage.of(message), this.policy).text().getArgs())
			.containsExactly(BigDecimal.ONE, "1", new BigDecimal("1.50"), LocalDate.EPOCH, "1970-01-01");
	}

	@Test
	void argumentsPassTheChecksOfNewText() {
		List<String> stored = StoredMessage.of(message(FlashDraft.of(FlashLevel.INFO, "x", 1)));
		for (String arg : List.of("@d2026-02-30", "@", "x", "", "\0\ud83d\u001f", "9".repeat(150), "y".repeat(999))) {
			stored.set(stored.size() - 1, arg);
			Text text = StoredMessage.read(stored, this.policy).text();
			assertThat(text).isEqualTo(Text.of("x", text.getArgs().toArray()));
			assertThat(text.getArgs()).singleElement()
				.asString()
				.hasSizeLessThanOrEqualTo(Text.MAX_ARG_LENGTH)
				.doesNotContain("\0", "\ud83d", "\u001f");
		}
	}

	@Test
	void levelHasTheTagOfTheSettings() {
		List<String> stored = StoredMessage.of(message(FlashDraft.of(FlashLevel.INFO, "x")));
		stored.set(1, "29");
		assertThat(StoredMessage.read(stored, this.policy).tags()).isEqualTo("own");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 | 2
			0 | ''
			1 | high
			1 | 99999999999
			2 | ''
			3 | javascript:alert(1)
			3 | https://evil.example/
			3 | //evil.example
			3 | /\\evil.example
			4 | a" onclick="alert(1)
			4 | a  b
			5 | yesterday
			5 | 1969-12-31T23:59:59Z
			5 | +1000000000-12-31T23:59:59Z
			6 | -1000000000-01-01T00:00:00Z
			6 | 2000-01-01T00:00:00Z
			6 | 9999-01-01T00:00:00Z
			""")
	void refusesWhatNoMessageHas(int place, String value) {
		List<String> stored = StoredMessage.of(message(FlashDraft.of(FlashLevel.INFO, "x", 1)));
		assertThat(StoredMessage.read(stored, this.policy)).isNotNull();
		stored.set(place, value);
		assertThatRuntimeException().isThrownBy(() -> StoredMessage.read(stored, this.policy));
	}

	@ParameterizedTest
	@MethodSource
	void refusesOtherShapes(Object stored) {
		assertThatRuntimeException().isThrownBy(() -> StoredMessage.read(stored, this.policy));
	}

	static Stream<Object> refusesOtherShapes() {
		return Stream.of("1", 1, Map.of(), List.of(), List.of("1"), Collections.nCopies(7, 1),
				Collections.nCopies(7, null), Collections.nCopies(16, "1"), Instant.EPOCH);
	}

	@Test
	void measuresBeforeItLooks() {
		List<String> stored = StoredMessage.of(message(FlashDraft.of(FlashLevel.INFO, "x", 1)));
		for (int place = 0; place < stored.size(); place++) {
			List<String> tampered = new ArrayList<>(stored);
			tampered.set(place, "#" + "9".repeat(1000));
			assertThatRuntimeException().isThrownBy(() -> StoredMessage.read(tampered, this.policy))
				.withMessageContaining("as long");
		}
	}

	private FlashMessage message(FlashDraft draft) {
		return this.policy.accept(draft, new FlashLevel(Integer.MIN_VALUE)).orElseThrow();
	}

	enum Serialization {

		JDK {

			@Override
			Object copy(Object value) throws Exception {
				ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
					out.writeObject(value);
				}
				try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
					return in.readObject();
				}
			}

		},

		JSON {

			@Override
			Object copy(Object value) {
				JsonMapper json = new JsonMapper();
				return json.readValue(json.writeValueAsBytes(value), Object.class);
			}

		},

		JSON_OF_ALLOWED_TYPES {

			@Override
			Object copy(Object value) {
				JsonMapper json = JsonMapper.builder()
					.addModules(SecurityJacksonModules.getModules(getClass().getClassLoader()))
					.build();
				return json.readValue(json.writeValueAsBytes(value), Object.class);
			}

		};

		abstract Object copy(Object value) throws Exception;

	}

}

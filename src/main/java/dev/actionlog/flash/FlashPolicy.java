package dev.actionlog.flash;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * The settings of every message, wherever it waits: the threshold, the time, the tags,
 * the lease, how many may wait, the counters and the observation. Which goes when more
 * wait is decided where they wait, see {@link FlashStorage}.
 */
class FlashPolicy {

	private final FlashProperties properties;

	private final FlashMetrics metrics;

	private final ObservationRegistry observations;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	FlashPolicy(FlashProperties properties, FlashMetrics metrics, ObservationRegistry observations, Clock clock,
			ApplicationEventPublisher events) {
		this.properties = properties;
		this.metrics = metrics;
		this.observations = observations;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Makes a message of a draft.
	 * @param minLevel the lowest level that is kept, or {@code null} for the configured
	 * one
	 * @return the message, or empty if its level is below
	 */
	Optional<FlashMessage> accept(FlashDraft draft, @Nullable FlashLevel minLevel) {
		FlashLevel threshold = (minLevel != null) ? minLevel : this.properties.minLevel();
		if (draft.level().compareTo(threshold) < 0) {
			return Optional.empty();
		}
		Duration expiry = draft.expiry();
		Instant sentAt = now();
		return Optional.of(message(draft, sentAt, sentAt.plus((expiry != null) ? expiry : this.properties.expiry())));
	}

	FlashMessage message(FlashDraft draft, Instant sentAt, Instant expiresAt) {
		return new FlashMessage(draft.level(), tag(draft.level()), draft.text(), draft.extraTags(), sentAt, expiresAt,
				draft.key(), draft.action());
	}

	String tag(FlashLevel level) {
		return this.properties.tag(level);
	}

	/**
	 * The time by the application's clock, which decides whether a message has expired.
	 */
	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * How many of the messages that a user was shown are kept to be read again.
	 */
	int keep() {
		return this.properties.keep();
	}

	Duration expiry() {
		return this.properties.expiry();
	}

	int maxPending() {
		return this.properties.maxPending();
	}

	Duration lease() {
		return this.properties.lease();
	}

	UserFlashClaim observe(Supplier<UserFlashClaim> claim) {
		return Objects
			.requireNonNull(Observation.createNotStarted("actionlog.flash.claim", this.observations).observe(claim));
	}

	/**
	 * A message was written for a user.
	 */
	void sent(String username) {
		this.events.publishEvent(new FlashSent(username));
	}

	void count(String what, long messages) {
		if (messages > 0) {
			this.metrics.count(what, messages);
		}
	}

}

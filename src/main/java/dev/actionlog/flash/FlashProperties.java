package dev.actionlog.flash;

import java.time.Duration;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of the flash messages.
 *
 * @param minLevel The lowest level that is kept: a name (debug, info, success, warning,
 * error) or a number.
 * @param maxPending How many messages can wait for one user or visitor; beyond it the
 * lowest level, then the oldest, goes.
 * @param expiry The time after which a message that nobody has seen is dropped, where it
 * says nothing itself.
 * @param keep How many of the messages that a user was shown are kept to be read again; 0
 * keeps none.
 * @param lease The time for which a page that is being rendered holds its messages.
 * @param tags The tags of further levels, by their numbers, and tags in place of those of
 * the five.
 */
@ConfigurationProperties("actionlog.flash")
record FlashProperties(@DefaultValue("info") FlashLevel minLevel, @DefaultValue("100") int maxPending,
		@DefaultValue("30d") Duration expiry, @DefaultValue("10") int keep, @DefaultValue("30s") Duration lease,
		@DefaultValue Map<Integer, String> tags) {

	/** All that wait are ranked at each add. */
	private static final int MAX_PENDING = 10_000;

	/** All that are kept are read at once. */
	private static final int MAX_KEEP = 1_000;

	FlashProperties {
		Assert.isTrue(maxPending > 0 && maxPending <= MAX_PENDING,
				"actionlog.flash.max-pending must be from 1 to " + MAX_PENDING);
		Assert.isTrue(FlashDraft.isExpiry(expiry), "actionlog.flash.expiry must be more than 0 and at most ten years");
		Assert.isTrue(keep >= 0 && keep <= MAX_KEEP, "actionlog.flash.keep must be from 0 to " + MAX_KEEP);
		Assert.isTrue(lease.toSeconds() > 0, "actionlog.flash.lease must be at least a second");
		tags.forEach((level, tag) -> Assert.isTrue(FlashDraft.isTag(tag),
				() -> "actionlog.flash.tags." + level + " must be of letters, digits, hyphens and underscores"));
	}

	String tag(FlashLevel level) {
		return this.tags.getOrDefault(level.value(), level.name().orElse(""));
	}

}

package dev.actionlog.action;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of the recent actions.
 *
 * @param keep How many actions are kept for a user who has no number of their own; 0
 * keeps none.
 */
@ConfigurationProperties("actionlog.actions")
record ActionProperties(@DefaultValue("10") int keep) {

	ActionProperties {
		Assert.isTrue(keep >= 0, "actionlog.actions.keep must not be negative");
	}

}

package dev.actionlog.live;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of live delivery.
 *
 * @param enabled Whether open pages with the script show new messages without a reload,
 * in servlet applications with Thymeleaf.
 */
@ConfigurationProperties("actionlog.live")
record LiveProperties(@DefaultValue("false") boolean enabled) {
}

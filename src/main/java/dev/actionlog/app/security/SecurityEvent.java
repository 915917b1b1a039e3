package dev.actionlog.app.security;

import java.time.Instant;

import dev.actionlog.app.device.Device;

/**
 * Something that happened to an account.
 *
 * @param id the number of the event
 * @param type what happened
 * @param recordedAt when, the last time
 * @param times how many times in a row
 * @param device from where, the last time
 */
public record SecurityEvent(long id, SecurityEventType type, Instant recordedAt, int times, Device device) {

}

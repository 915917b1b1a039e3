package dev.actionlog.app.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.session.Session;

/**
 * A session whose time of last access is exact to a minute, so that not every request has
 * to write it.
 *
 * @param <S> the type of the session that is stored
 */
final class StoredSession<S extends Session> implements Session {

	private static final Duration ACCESS_ACCURACY = Duration.ofMinutes(1);

	private final S stored;

	StoredSession(S stored) {
		this.stored = stored;
	}

	S stored() {
		return this.stored;
	}

	@Override
	public void setLastAccessedTime(Instant lastAccessedTime) {
		if (lastAccessedTime.isAfter(getLastAccessedTime().plus(ACCESS_ACCURACY))) {
			this.stored.setLastAccessedTime(lastAccessedTime);
		}
	}

	@Override
	public String getId() {
		return this.stored.getId();
	}

	@Override
	public String changeSessionId() {
		return this.stored.changeSessionId();
	}

	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
	public <T> @Nullable T getAttribute(String attributeName) {
		return this.stored.getAttribute(attributeName);
	}

	@Override
	public Set<String> getAttributeNames() {
		return this.stored.getAttributeNames();
	}

	@Override
	public void setAttribute(String attributeName, Object attributeValue) {
		this.stored.setAttribute(attributeName, attributeValue);
	}

	@Override
	public void removeAttribute(String attributeName) {
		this.stored.removeAttribute(attributeName);
	}

	@Override
	public Instant getCreationTime() {
		return this.stored.getCreationTime();
	}

	@Override
	public Instant getLastAccessedTime() {
		return this.stored.getLastAccessedTime();
	}

	@Override
	public void setMaxInactiveInterval(Duration interval) {
		this.stored.setMaxInactiveInterval(interval);
	}

	@Override
	public Duration getMaxInactiveInterval() {
		return this.stored.getMaxInactiveInterval();
	}

	@Override
	public boolean isExpired() {
		return this.stored.isExpired();
	}

}

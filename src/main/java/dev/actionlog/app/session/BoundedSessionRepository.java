package dev.actionlog.app.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/**
 * Repository whose sessions end {@code 30} days after they were opened, however much they
 * are used, and that seldom writes when they were used last.
 *
 * @param <S> the type of the sessions that are stored
 */
class BoundedSessionRepository<S extends Session> implements FindByIndexNameSessionRepository<StoredSession<S>> {

	private static final Duration LIFETIME = Duration.ofDays(30);

	private final FindByIndexNameSessionRepository<S> stored;

	BoundedSessionRepository(FindByIndexNameSessionRepository<S> stored) {
		this.stored = stored;
	}

	@Override
	public StoredSession<S> createSession() {
		return new StoredSession<>(this.stored.createSession());
	}

	@Override
	public void save(StoredSession<S> session) {
		this.stored.save(session.stored());
	}

	@Override
	public @Nullable StoredSession<S> findById(String id) {
		S session = this.stored.findById(id);
		if (session == null) {
			return null;
		}
		if (session.getCreationTime().plus(LIFETIME).isBefore(Instant.now())) {
			deleteById(id);
			return null;
		}
		return new StoredSession<>(session);
	}

	@Override
	public void deleteById(String id) {
		this.stored.deleteById(id);
	}

	@Override
	public Map<String, StoredSession<S>> findByIndexNameAndIndexValue(String indexName, String indexValue) {
		return this.stored.findByIndexNameAndIndexValue(indexName, indexValue)
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> new StoredSession<>(entry.getValue())));
	}

}

package dev.actionlog.app.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import dev.actionlog.app.outage.DatabaseFailure;
import dev.actionlog.app.outage.RepeatedRead;
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

	private final RepeatedRead reads;

	BoundedSessionRepository(FindByIndexNameSessionRepository<S> stored, RepeatedRead reads) {
		this.stored = stored;
		this.reads = reads;
	}

	@Override
	public StoredSession<S> createSession() {
		return new StoredSession<>(this.stored.createSession());
	}

	/**
	 * Saves a session. In a database that takes no changes, a standby, one that is there
	 * already is not saved, which would be an error for a page that only reads.
	 */
	@Override
	public void save(StoredSession<S> session) {
		try {
			this.stored.save(session.stored());
		}
		catch (RuntimeException ex) {
			if (!DatabaseFailure.isReadOnly(ex) || this.stored.findById(session.getId()) == null) {
				throw ex;
			}
		}
	}

	@Override
	public @Nullable StoredSession<S> findById(String id) {
		S session = this.reads.read(() -> this.stored.findById(id));
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

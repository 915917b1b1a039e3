package dev.actionlog.flash;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import dev.actionlog.profile.ProfileService;
import dev.actionlog.profile.UserProfile;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import org.hibernate.Timeouts;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.jpa.SpecHints;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.Assert;

/**
 * The messages of signed-in users, as rows.
 * <p>
 * Whether a message has expired is told by the application's clock, which wrote its
 * expiry; whether a lease has run out by the database's, the one clock that all nodes
 * share.
 * <p>
 * Transactions are templates' and not a proxy's: a proxy of what is not public works only
 * where the application's class loader is also the library's.
 */
class FlashStore {

	/** Statements take ids as parameters, of which PostgreSQL's driver knows 65,535. */
	static final int MAX_BATCH = 10_000;

	private static final String UNCLAIMED = "(f.claimedUntil is null or f.claimedUntil <= instant)";

	private static final String WAITING_FOR_USER = "from actionlogFlash f"
			+ " where f.profile.id = (select p.id from actionlogProfile p where p.username = :username)"
			+ " and f.expiresAt > :now and " + UNCLAIMED + " order by f.id";

	// H2 would run a subselect with an offset again for each row: numbered in one pass
	private static final String SURPLUS = """
			select f.id, f.expiresAt from (
				select g.id as id, g.expiresAt as expiresAt, g.claimedUntil as claimedUntil,
					row_number() over (order by
						case when g.expiresAt > cast(:now as Instant) then 0 else 1 end,
						g.level desc, g.id desc) as place
				from actionlogFlash g where g.profile = :profile) f
			where %s and (f.expiresAt <= cast(:now as Instant) or f.place > :maximum)
			""".formatted(UNCLAIMED);

	private final EntityManager entityManager;

	private final ProfileService profiles;

	private final FlashProperties properties;

	private final FlashMetrics metrics;

	private final Clock clock;

	private final TransactionTemplate joining;

	private final TransactionTemplate reading;

	private final TransactionTemplate own;

	FlashStore(EntityManager entityManager, PlatformTransactionManager transactions, ProfileService profiles,
			FlashProperties properties, FlashMetrics metrics, Clock clock) {
		this.entityManager = entityManager;
		this.profiles = profiles;
		this.properties = properties;
		this.metrics = metrics;
		this.clock = clock;
		this.joining = new TransactionTemplate(transactions);
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
		this.own = new TransactionTemplate(transactions);
		this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Whether the caller has a transaction that can still be joined. One that is over
	 * stays bound to the thread until its listeners {@code AFTER_COMMIT} have run. The
	 * session is asked: {@code isJoinedToTransaction} is wrong where an application keeps
	 * it open in view.
	 */
	boolean isInTransaction() {
		return TransactionSynchronizationManager.isActualTransactionActive()
				&& this.entityManager.unwrap(SharedSessionContractImplementor.class).isTransactionInProgress();
	}

	/**
	 * Stores messages and deletes what has expired or is beyond the bound.
	 */
	void add(String username, List<Pending> messages) {
		(isInTransaction() ? this.joining : this.own).executeWithoutResult((status) -> {
			UserProfile profile = this.profiles.lock(username).profile();
			messages.forEach((message) -> this.entityManager.persist(new FlashRow(profile, message)));
			deleteSurplus(profile);
		});
	}

	/**
	 * Deletes what has expired, and what is beyond the bound: the lowest level first,
	 * then the oldest. Rows that a page holds are that page's. It looks before it
	 * deletes, because most of the time there is nothing.
	 */
	private void deleteSurplus(UserProfile profile) {
		Instant now = now();
		List<Object[]> surplus = this.entityManager.createQuery(SURPLUS, Object[].class)
			.setParameter("profile", profile)
			.setParameter("now", now)
			.setParameter("maximum", this.properties.maxPending())
			.getResultList();
		if (!surplus.isEmpty()) {
			delete(surplus.stream().map((row) -> (Long) row[0]).toList());
			long expired = surplus.stream().filter((row) -> !((Instant) row[1]).isAfter(now)).count();
			this.metrics.count("expired", expired);
			this.metrics.count("dropped", surplus.size() - expired);
		}
	}

	/**
	 * Deletes expired messages of all users.
	 * @param batch the most that are deleted
	 * @return how many were
	 */
	int purgeExpired(int batch) {
		requireWritable();
		return this.joining.execute((status) -> deleteExpired(batch));
	}

	private int deleteExpired(int batch) {
		List<Long> expired = this.entityManager
			.createQuery("select f.id from actionlogFlash f where f.expiresAt <= :now and " + UNCLAIMED, Long.class)
			.setParameter("now", now())
			.setMaxResults(Math.min(batch, MAX_BATCH))
			.setLockMode(LockModeType.PESSIMISTIC_WRITE)
			.setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI)
			.getResultList();
		if (!expired.isEmpty()) {
			delete(expired);
			this.metrics.count("expired", expired.size());
		}
		return expired.size();
	}

	/**
	 * Deletes the waiting messages that no page holds.
	 */
	void clear(String username) {
		requireWritable();
		this.joining.executeWithoutResult((status) -> this.entityManager
			.createQuery("delete from actionlogFlash f where f.profile.id ="
					+ " (select p.id from actionlogProfile p where p.username = :username) and " + UNCLAIMED)
			.setParameter("username", username)
			.executeUpdate());
	}

	private static void requireWritable() {
		Assert.state(!TransactionSynchronizationManager.isCurrentTransactionReadOnly(),
				"The current transaction is read-only, so no message can be deleted in it");
	}

	private void delete(List<Long> ids) {
		this.entityManager.createQuery("delete from actionlogFlash f where f.id in :ids")
			.setParameter("ids", ids)
			.executeUpdate();
	}

	/**
	 * The waiting messages, without claiming them.
	 */
	List<FlashMessage> peek(String username) {
		return this.reading
			.execute((status) -> this.entityManager.createQuery("select f " + WAITING_FOR_USER, FlashRow.class)
				.setParameter("username", username)
				.setParameter("now", now())
				.getResultStream()
				.map(this::message)
				.toList());
	}

	/**
	 * Claims the waiting messages that no other page holds, in a transaction of its own:
	 * whoever comes next must see the claim at once.
	 */
	Claimed claim(String username) {
		return this.own.execute((status) -> claimWaiting(username));
	}

	private Claimed claimWaiting(String username) {
		List<Object[]> rows = this.entityManager.createQuery("select f, instant " + WAITING_FOR_USER, Object[].class)
			.setParameter("username", username)
			.setParameter("now", now())
			.setLockMode(LockModeType.PESSIMISTIC_WRITE)
			.setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI)
			.getResultList();
		List<FlashRow> messages = rows.stream().map((row) -> (FlashRow) row[0]).toList();
		Claimed claimed = new Claimed(UUID.randomUUID().toString(), messages.stream().map(FlashRow::getId).toList(),
				messages.stream().map(this::message).toList());
		if (!rows.isEmpty()) {
			// added up here: PostgreSQL's sum would go through the session's time zone
			// and its clock changes
			Instant until = ((Instant) rows.get(0)[1]).plus(this.properties.lease());
			this.entityManager
				.createQuery("update actionlogFlash f set f.claimToken = :token, f.claimedUntil = :until"
						+ " where f.id in :ids")
				.setParameter("token", claimed.token())
				.setParameter("until", until)
				.setParameter("ids", claimed.ids())
				.executeUpdate();
		}
		return claimed;
	}

	/**
	 * Deletes claimed messages that have been shown.
	 */
	void acknowledge(String token, List<Long> ids) {
		this.metrics.count("shown",
				this.own.execute((status) -> this.entityManager
					.createQuery("delete from actionlogFlash f where f.id in :ids and f.claimToken = :token")
					.setParameter("ids", ids)
					.setParameter("token", token)
					.executeUpdate()));
	}

	/**
	 * Gives claimed messages back.
	 */
	void release(String token, List<Long> ids) {
		this.own.executeWithoutResult((status) -> this.entityManager
			.createQuery("update actionlogFlash f set f.claimToken = null, f.claimedUntil = null"
					+ " where f.id in :ids and f.claimToken = :token")
			.setParameter("ids", ids)
			.setParameter("token", token)
			.executeUpdate());
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private FlashMessage message(FlashRow row) {
		return row.toPending().toMessage(this.properties);
	}

	/**
	 * What a page holds: the ids and the messages are in the same order.
	 */
	record Claimed(String token, List<Long> ids, List<FlashMessage> messages) {
	}

}

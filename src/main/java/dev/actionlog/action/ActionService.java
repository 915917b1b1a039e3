package dev.actionlog.action;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.actionlog.profile.CurrentUser;
import dev.actionlog.profile.KeepChanged;
import dev.actionlog.profile.LockedProfile;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.profile.UserProfile;
import dev.actionlog.text.Text;
import jakarta.persistence.EntityManager;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.Assert;

/**
 * Records what users do, and trims each user's log to the newest N.
 * <p>
 * Every method joins the caller's transaction; without one, a writer makes its own and a
 * reader needs none for its one statement. An operation that is rolled back leaves no
 * line. After it commits the user has at most N actions, exactly the newest N, whatever
 * number of threads and nodes write. N is the user's own number (see
 * {@link ProfileService#setKeep}) or {@code actionlog.actions.keep}.
 * <p>
 * To write in a read-only transaction is an {@link IllegalStateException}, before any
 * SQL. A writer holds the lock on the user's profile until its transaction ends. So
 * record last in a long transaction; write for one user in a transaction, or for users in
 * the order of their names; and stay with the isolation {@code READ COMMITTED}. The name
 * of a user follows the rules of {@link ProfileService}.
 */
@Transactional
public class ActionService {

	private final EntityManager entityManager;

	private final ProfileService profiles;

	private final CurrentUser currentUser;

	private final Clock clock;

	private final int defaultKeep;

	private final String trim;

	ActionService(EntityManager entityManager, ProfileService profiles, CurrentUser currentUser, Clock clock,
			int defaultKeep) {
		this.entityManager = entityManager;
		this.profiles = profiles;
		this.currentUser = currentUser;
		this.clock = clock;
		this.defaultKeep = defaultKeep;
		this.trim = trim(entityManager.getEntityManagerFactory().unwrap(SessionFactoryImplementor.class));
	}

	/**
	 * The statement that trims a log. It is no HQL because Hibernate keeps no plan of a
	 * delete: it would be translated anew for every action.
	 */
	private static String trim(SessionFactoryImplementor factory) {
		EntityMappingType action = factory.getMappingMetamodel().getEntityDescriptor(Action.class);
		String table = action.getMappedTableDetails().getTableName();
		String profile = action.getAttributeMapping(action.findAttributeMapping("profile").getStateArrayPosition())
			.getSelectable(0)
			.getSelectionExpression();
		String id = action.getIdentifierMapping().getSelectable(0).getSelectionExpression();
		return """
				delete from %1$s where %2$s = :profile and %3$s <= (
					select a.%3$s from %1$s a where a.%2$s = :profile
					order by a.%3$s desc offset :count rows fetch first 1 rows only)
				""".formatted(table, profile, id);
	}

	/**
	 * Records an action of the current user.
	 * @param message a message code, such as {@code photo.changed}, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 * @throws IllegalStateException if nobody is signed in
	 */
	public void record(String message, @Nullable Object @Nullable ... args) {
		record(Text.of(message, args));
	}

	/**
	 * Records an action of the current user.
	 * @param text what was done
	 * @throws IllegalStateException if nobody is signed in
	 */
	public void record(Text text) {
		recordFor(currentUser("recordFor"), text);
	}

	/**
	 * Records an action of a user.
	 * @param username the name of the user's principal
	 * @param message a message code, such as {@code photo.changed}, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 */
	public void recordFor(String username, String message, @Nullable Object @Nullable ... args) {
		recordFor(username, Text.of(message, args));
	}

	/**
	 * Records an action of a user.
	 * @param username the name of the user's principal
	 * @param text what was done
	 */
	public void recordFor(String username, Text text) {
		LockedProfile profile = this.profiles.lock(username);
		this.entityManager
			.persist(new Action(profile.profile(), text, this.clock.instant().truncatedTo(ChronoUnit.MICROS)));
		trim(profile.profile(), limit(profile.keep()));
	}

	/**
	 * The recent actions of the current user.
	 * @return at most N actions, the newest first
	 * @throws IllegalStateException if nobody is signed in
	 */
	@Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
	public List<Action> recent() {
		return recentFor(currentUser("recentFor"));
	}

	/**
	 * The recent actions of a user.
	 * @param username the name of the user's principal
	 * @return at most N actions, the newest first
	 */
	@Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
	public List<Action> recentFor(String username) {
		// columns and no entities: less work, and nothing is left to manage
		List<Object[]> rows = this.entityManager.createQuery("""
				select a.text, a.recordedAt, p.keep from actionlogAction a join a.profile p
				where p.username = :username order by a.id desc
				""", Object[].class).setParameter("username", username).getResultList();
		// more than N are there only between a lower default and the user's next
		// operation
		return rows.stream()
			.limit(rows.isEmpty() ? 0 : limit((Integer) rows.get(0)[2]))
			.map((row) -> new Action((Text) row[0], (Instant) row[1]))
			.toList();
	}

	/**
	 * How many actions are kept for a user.
	 * @param username the name of the user's principal
	 * @return the user's own number, else the default
	 */
	@Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
	public int limitFor(String username) {
		return limit(this.profiles.getKeep(username));
	}

	/**
	 * Trims the current user's log now. The number is not remembered.
	 * @param count how many actions to keep, the newest; 0 clears the log
	 * @throws IllegalArgumentException if the number is negative
	 * @throws IllegalStateException if nobody is signed in
	 */
	public void keepNewest(int count) {
		keepNewestFor(currentUser("keepNewestFor"), count);
	}

	/**
	 * Trims a user's log now. The number is not remembered.
	 * @param username the name of the user's principal
	 * @param count how many actions to keep, the newest; 0 clears the log
	 * @throws IllegalArgumentException if the number is negative
	 */
	public void keepNewestFor(String username, int count) {
		Assert.isTrue(count >= 0, "The number of actions to keep must not be negative");
		trim(this.profiles.lock(username).profile(), count);
	}

	@EventListener
	void keepChanged(KeepChanged event) {
		trim(event.profile().profile(), limit(event.profile().keep()));
	}

	private void trim(UserProfile profile, int count) {
		this.entityManager.createNativeQuery(this.trim)
			.unwrap(NativeQuery.class)
			.addSynchronizedEntityClass(Action.class)
			.setParameter("profile",
					this.entityManager.getEntityManagerFactory().getPersistenceUnitUtil().getIdentifier(profile))
			.setParameter("count", count)
			.executeUpdate();
	}

	private int limit(@Nullable Integer keep) {
		return (keep != null) ? keep : this.defaultKeep;
	}

	private String currentUser(String instead) {
		return this.currentUser.username()
			.orElseThrow(() -> new IllegalStateException(
					"Nobody is signed in here; name the user with ActionService." + instead));
	}

}

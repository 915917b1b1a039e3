package dev.actionlog.profile;

import java.util.List;
import java.util.function.Supplier;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

/**
 * Keeps the profiles. An application calls it when one of its users changes a setting, is
 * deleted or gets another name; all else happens by itself.
 * <p>
 * Every method joins the caller's transaction; without one, a writer makes its own and a
 * reader needs none for its one statement. Names of users are compared exactly; a name
 * that is blank, is longer than {@value UserProfile#MAX_USERNAME_LENGTH} or has a NUL or
 * half a surrogate pair in it is an {@link IllegalArgumentException}. To write in a
 * read-only transaction is an {@link IllegalStateException}, before any SQL.
 */
@Transactional
public class ProfileService {

	private static final PersistenceExceptionTranslator TRANSLATOR = new HibernateJpaDialect();

	private final EntityManager entityManager;

	private final ApplicationEventPublisher events;

	private final String insertIfAbsent;

	ProfileService(EntityManager entityManager, ApplicationEventPublisher events) {
		this.entityManager = entityManager;
		this.events = events;
		this.insertIfAbsent = insertIfAbsent(
				entityManager.getEntityManagerFactory().unwrap(SessionFactoryImplementor.class));
	}

	/**
	 * The one statement that makes a profile, or does nothing where it is there already,
	 * also while another transaction makes the same one. HQL's {@code on conflict} and
	 * the standard's {@code merge using} fail on H2 in that case.
	 */
	private static String insertIfAbsent(SessionFactoryImplementor factory) {
		EntityMappingType profile = factory.getMappingMetamodel().getEntityDescriptor(UserProfile.class);
		String table = profile.getMappedTableDetails().getTableName();
		String column = profile.getAttributeMapping(profile.findAttributeMapping("username").getStateArrayPosition())
			.getSelectable(0)
			.getSelectionExpression();
		return (factory.getJdbcServices().getDialect() instanceof H2Dialect)
				? "merge into %1$s (%2$s) key (%2$s) values (:username)".formatted(table, column)
				: "insert into %1$s (%2$s) values (:username) on conflict (%2$s) do nothing".formatted(table, column);
	}

	/**
	 * The number of actions that a user wants to be kept.
	 * @param username the name of the user's principal
	 * @return the user's own number, or {@code null} for the default
	 */
	@Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
	public @Nullable Integer getKeep(String username) {
		List<Integer> rows = this.entityManager
			.createQuery("select p.keep from actionlogProfile p where p.username = :username", Integer.class)
			.setParameter("username", checked(username))
			.getResultList();
		return rows.isEmpty() ? null : rows.get(0);
	}

	/**
	 * Remembers how many actions are kept for a user. Actions beyond a lower number go at
	 * once; a higher number brings none back.
	 * @param username the name of the user's principal; a profile is made where there is
	 * none
	 * @param keep the user's own number, 0 to keep none, or {@code null} for the default
	 * @throws IllegalArgumentException if the number is negative
	 */
	public void setKeep(String username, @Nullable Integer keep) {
		Assert.isTrue(keep == null || keep >= 0, "The number of actions to keep must not be negative");
		UserProfile profile = lock(username).profile();
		this.entityManager.createQuery("update actionlogProfile p set p.keep = :keep where p = :profile")
			.setParameter("keep", keep)
			.setParameter("profile", profile)
			.executeUpdate();
		this.events.publishEvent(new KeepChanged(new LockedProfile(profile, keep)));
	}

	/**
	 * Deletes a user's profile with everything that hangs off it. Nothing happens where
	 * there is none.
	 * @param username the name of the user's principal
	 */
	public void delete(String username) {
		requireWritable();
		Query query = this.entityManager.createQuery("delete from actionlogProfile p where p.username = :username")
			.setParameter("username", checked(username));
		translated(query::executeUpdate);
	}

	/**
	 * Gives a profile, with everything that hangs off it, another name. Nothing happens
	 * where there is none.
	 * @param from the old name of the user's principal
	 * @param to the new name of the user's principal
	 * @throws DataIntegrityViolationException if another profile has the new name
	 */
	public void rename(String from, String to) {
		requireWritable();
		Query query = this.entityManager
			.createQuery("update actionlogProfile p set p.username = :to where p.username = :from")
			.setParameter("from", checked(from))
			.setParameter("to", checked(to));
		translated(query::executeUpdate);
	}

	/**
	 * Locks a user's profile until the transaction ends, and makes it where there is
	 * none. For the library's own modules.
	 * @param username the name of the user's principal
	 * @return the profile, with what its row says under the lock
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public LockedProfile lock(String username) {
		requireWritable();
		LockedProfile profile = find(checked(username));
		if (profile == null) {
			Query query = this.entityManager.createNativeQuery(this.insertIfAbsent)
				.unwrap(NativeQuery.class)
				.addSynchronizedEntityClass(UserProfile.class)
				.setParameter("username", username);
			translated(query::executeUpdate);
			profile = find(username);
		}
		Assert.state(profile != null, "The profile was deleted while it was made");
		return profile;
	}

	// columns and no entity: an entity that the caller has loaded before would hide what
	// the row says now
	private @Nullable LockedProfile find(String username) {
		TypedQuery<Object[]> query = this.entityManager
			.createQuery("select p.id, p.keep from actionlogProfile p where p.username = :username", Object[].class)
			.setParameter("username", username)
			.setLockMode(LockModeType.PESSIMISTIC_WRITE);
		List<Object[]> rows = translated(query::getResultList);
		return rows.isEmpty() ? null : new LockedProfile(
				this.entityManager.getReference(UserProfile.class, rows.get(0)[0]), (Integer) rows.get(0)[1]);
	}

	/**
	 * Runs a statement that may wait for others, so that its failure reaches the caller
	 * as Spring's exception. {@code @Repository} would make that of the promised
	 * {@link IllegalArgumentException} and {@link IllegalStateException}, too.
	 */
	private static <T> T translated(Supplier<T> statement) {
		try {
			return statement.get();
		}
		catch (PersistenceException ex) {
			throw DataAccessUtils.translateIfNecessary(ex, TRANSLATOR);
		}
	}

	private static void requireWritable() {
		Assert.state(!TransactionSynchronizationManager.isCurrentTransactionReadOnly(),
				"The current transaction is read-only, so nothing can be recorded in it");
	}

	private static String checked(String username) {
		Assert.hasText(username, "The name of a user must not be blank");
		Assert.isTrue(username.length() <= UserProfile.MAX_USERNAME_LENGTH && isStorable(username),
				() -> "The name of a user has at most " + UserProfile.MAX_USERNAME_LENGTH
						+ " characters, no NUL and no half of a surrogate pair");
		return username;
	}

	// PostgreSQL's driver makes a question mark of half a surrogate pair: the profile of
	// another user
	private static boolean isStorable(String username) {
		return username.codePoints().noneMatch((ch) -> ch == 0 || Character.getType(ch) == Character.SURROGATE);
	}

}

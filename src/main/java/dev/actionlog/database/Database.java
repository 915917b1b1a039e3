package dev.actionlog.database;

import java.util.function.Supplier;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * The database on which the library runs its SQL. For the library's own modules.
 * <p>
 * A statement runs on the connection that its thread holds already: that of the caller's
 * transaction, which it joins; that of a transaction which is over and whose listeners
 * run; or that of a session which is open in view. Only a thread that holds none takes
 * one from the pool, so no operation waits for a second connection while it has a first.
 * <p>
 * With Hibernate's multi-tenancy only a session knows the schema of the tenant, so there
 * a thread that holds no connection gets one with a JPA transaction.
 * <p>
 * The first use throws an {@link IllegalStateException} that says what to do where the
 * library does not work with the database, or its tables are missing.
 */
public final class Database {

	private final DataSource dataSource;

	private final HeldConnection held;

	private final JdbcClient jdbc;

	private final Supplier<Boolean> multiTenant;

	private final JdbcTransactions jdbcTransactions;

	private final TransactionTemplate jdbcTransaction;

	private final TransactionTemplate jpaTransaction;

	private volatile @Nullable DatabaseInspection inspection;

	Database(EntityManagerFactory factory, DataSource dataSource) {
		this.dataSource = dataSource;
		this.held = new HeldConnection(factory, dataSource);
		this.jdbc = JdbcClient.create(jdbcTemplate(dataSource));
		this.multiTenant = SingletonSupplier.of(() -> isMultiTenant(factory));
		// joins a JDBC transaction of the caller, too
		this.jdbcTransactions = new JdbcTransactions(dataSource);
		this.jdbcTransaction = new TransactionTemplate(this.jdbcTransactions);
		this.jpaTransaction = new TransactionTemplate(new JpaTransactionManager(factory));
	}

	private static boolean isMultiTenant(EntityManagerFactory factory) {
		SessionFactoryOptions options = factory.unwrap(SessionFactoryImplementor.class).getSessionFactoryOptions();
		return options.isMultiTenancyEnabled() || options.getTenantSchemaMapper() != null;
	}

	/**
	 * By default a lock that was not granted in time would be an unknown error.
	 */
	private static JdbcTemplate jdbcTemplate(DataSource dataSource) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		template.setExceptionTranslator(new SQLErrorCodeSQLExceptionTranslator(dataSource));
		return template;
	}

	/**
	 * Plain SQL, to be used in what {@link #read}, {@link #write} and
	 * {@link #transaction} are given.
	 * @param sql the statement
	 * @return the statement, to be given its parameters
	 */
	public JdbcClient.StatementSpec sql(String sql) {
		return this.jdbc.sql(sql);
	}

	/**
	 * Runs a statement that changes rows, as {@link #write} does.
	 * @param sql the statement
	 * @param params its parameters
	 * @return how many rows it changed
	 */
	public int update(String sql, Object... params) {
		return write(() -> sql(sql).params(params).update());
	}

	/**
	 * Where connections come from, for one that no statement of a caller runs on.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Whether Hibernate's multi-tenancy is on, so that statements need a tenant, which
	 * only the caller's thread has.
	 * @return {@code true} with multi-tenancy
	 */
	public boolean isMultiTenant() {
		return this.multiTenant.get();
	}

	/**
	 * What the database is.
	 * @return its dialect
	 */
	public Dialect dialect() {
		return inspect().dialect();
	}

	/**
	 * Runs a statement that changes nothing.
	 * @param statement the statement
	 * @param <T> the type of its result
	 * @return its result
	 */
	public <T extends @Nullable Object> T read(Supplier<T> statement) {
		inspect();
		return repeatable(() -> needsSession() ? join(statement, true) : this.held.use(statement));
	}

	/**
	 * Runs work that may be done twice: once more where its connection was lost, unless
	 * this thread has a connection or a transaction that it belongs to.
	 * @param work the work
	 * @param <T> the type of its result
	 * @return its result
	 */
	public <T extends @Nullable Object> T repeatable(Supplier<T> work) {
		return this.held.isHeld() ? work.get() : Unreachable.tryAgain(work);
	}

	/**
	 * Runs one statement that changes something: in the caller's transaction, or else by
	 * itself, without a transaction around it.
	 * @param statement the statement
	 * @param <T> the type of its result
	 * @return its result
	 * @throws IllegalStateException if the caller's transaction is read-only
	 */
	public <T extends @Nullable Object> T write(Supplier<T> statement) {
		requireWritable();
		return (inspect().autoCommit() && !needsSession()) ? this.held.use(statement) : transaction(statement);
	}

	/**
	 * Runs statements that belong together: in the caller's transaction, or else in one
	 * of their own.
	 * @param statements the statements
	 * @param <T> the type of their result
	 * @return their result
	 * @throws IllegalStateException if the caller's transaction is read-only
	 */
	public <T extends @Nullable Object> T transaction(Supplier<T> statements) {
		requireWritable();
		inspect();
		return join(statements, needsSession());
	}

	/**
	 * Runs statements as {@link #transaction} does, and with them listeners of the
	 * application, which may use its entities: a transaction of their own is one of JPA.
	 * @param statements the statements
	 * @param <T> the type of their result
	 * @return their result
	 * @throws IllegalStateException if the caller's transaction is read-only
	 */
	public <T extends @Nullable Object> T transactionWithListeners(Supplier<T> statements) {
		requireWritable();
		inspect();
		return join(statements, needsSession() || this.held.canBeginJpaTransaction());
	}

	/**
	 * Joins the caller's transaction, or begins one.
	 * @param jpa whether it is one of JPA
	 */
	private <T extends @Nullable Object> T join(Supplier<T> statements, boolean jpa) {
		if (this.held.isJpaTransactionInProgress()) {
			return this.held.use(statements);
		}
		if (jpa) {
			return this.jpaTransaction.execute((status) -> this.held.use(statements));
		}
		return this.held.use(() -> this.jdbcTransaction.execute((status) -> statements.get()));
	}

	/**
	 * Whether only a new session of Hibernate has a connection to the schema of the
	 * tenant: a connection that this thread holds has it already.
	 */
	private boolean needsSession() {
		return this.multiTenant.get() && !this.held.isHeld();
	}

	/**
	 * Runs work when what this thread has written is committed: at once where that is
	 * done already.
	 * @param work the work
	 */
	public void afterCommit(Runnable work) {
		afterCompletion(true, work);
	}

	/**
	 * Runs work if the transaction of this thread ends without being committed; never
	 * where it has none.
	 * @param work the work
	 */
	public void afterRollback(Runnable work) {
		afterCompletion(false, work);
	}

	private void afterCompletion(boolean committed, Runnable work) {
		if (TransactionSynchronizationManager.isSynchronizationActive()
				&& (this.held.isJpaTransactionInProgress() || this.jdbcTransactions.isInProgress())) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int status) {
					if ((status == STATUS_COMMITTED) == committed) {
						work.run();
					}
				}

			});
		}
		else if (committed) {
			work.run();
		}
	}

	/**
	 * Whether the transaction of this thread, where it has one, takes no changes.
	 * @return {@code true} for a read-only transaction
	 */
	public boolean isReadOnly() {
		return TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isCurrentTransactionReadOnly();
	}

	/**
	 * What the database is, found out once. As long as it is not usable it is looked at
	 * again each time, so that making the tables is enough.
	 */
	DatabaseInspection inspect() {
		DatabaseInspection inspection = this.inspection;
		if (inspection == null) {
			inspection = this.held.use(() -> DatabaseInspection.of(this.dataSource, !this.multiTenant.get()));
			this.inspection = inspection;
		}
		return inspection;
	}

	/**
	 * Tells a transaction from a connection that Spring's JDBC keeps for as long as a
	 * transaction of another kind lasts.
	 */
	private static final class JdbcTransactions extends JdbcTransactionManager {

		private static final long serialVersionUID = 1L;

		JdbcTransactions(DataSource dataSource) {
			super(dataSource);
		}

		boolean isInProgress() {
			return isExistingTransaction(doGetTransaction());
		}

	}

	private void requireWritable() {
		Assert.state(!isReadOnly(), "The current transaction is read-only, so nothing can be written in it");
	}

}

package dev.actionlog.database;

import java.sql.Connection;
import java.util.function.Supplier;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The connection that a thread holds outside of a transaction that can be joined: a JPA
 * transaction has ended and its listeners run ({@code AFTER_COMMIT}), or a session is
 * open in view; or a JPA transaction has a connection that Spring's JDBC does not know.
 * Statements run on it, because a thread that waits for a second connection while it
 * holds one can wait for ever.
 */
class HeldConnection {

	private final EntityManagerFactory factory;

	private final DataSource dataSource;

	HeldConnection(EntityManagerFactory factory, DataSource dataSource) {
		this.factory = factory;
		this.dataSource = dataSource;
	}

	/**
	 * Whether this thread has a JPA transaction that can be joined, of this factory or of
	 * another on the same data source. One of this factory that has ended stays bound
	 * until its listeners have run; only its session knows.
	 */
	boolean isJpaTransactionInProgress() {
		return (TransactionSynchronizationManager.getResource(this.factory) instanceof EntityManagerHolder holder
				&& holder.isSynchronizedWithTransaction()) ? session(holder).isTransactionInProgress() : isExposed();
	}

	/**
	 * Whether the transaction of another {@code EntityManagerFactory} on the same data
	 * source has bound its connection, which only that transaction commits.
	 */
	private boolean isExposed() {
		return TransactionSynchronizationManager.getResource(this.dataSource) instanceof ConnectionHolder holder
				&& !(holder instanceof Used) && !holder.isSynchronizedWithTransaction();
	}

	/**
	 * Whether a JPA transaction can begin in this thread: on a session that is open in
	 * view, too, but not while another transaction of Spring has its connection, or its
	 * listeners run.
	 */
	boolean canBeginJpaTransaction() {
		return !TransactionSynchronizationManager.hasResource(this.dataSource)
				&& !(TransactionSynchronizationManager.getResource(this.factory) instanceof EntityManagerHolder holder
						&& holder.isSynchronizedWithTransaction());
	}

	/**
	 * Whether this thread has a connection, in a transaction or outside of one.
	 */
	boolean isHeld() {
		return isJpaTransactionInProgress() || isJdbcTransactionInProgress() || find() != null;
	}

	/**
	 * Whether this thread has a transaction of Spring's JDBC, or at least a connection
	 * that it keeps as long as one of another kind.
	 */
	boolean isJdbcTransactionInProgress() {
		return TransactionSynchronizationManager.getResource(this.dataSource) instanceof ConnectionHolder holder
				&& holder.isSynchronizedWithTransaction();
	}

	/**
	 * Runs statements on the connection that this thread holds, or on whatever connection
	 * Spring's JDBC takes where it holds none.
	 */
	<T extends @Nullable Object> T use(Supplier<T> statements) {
		Connection held = find();
		if (held == null) {
			return statements.get();
		}
		Object bound = TransactionSynchronizationManager.unbindResourceIfPossible(this.dataSource);
		TransactionSynchronizationManager.bindResource(this.dataSource, new Used(held));
		try {
			return statements.get();
		}
		finally {
			TransactionSynchronizationManager.unbindResource(this.dataSource);
			if (bound != null) {
				TransactionSynchronizationManager.bindResource(this.dataSource, bound);
			}
		}
	}

	/**
	 * The connection of a JPA transaction that has ended, or does not show it to Spring's
	 * JDBC, or of a session that is open in view. Any other is taken by Spring's JDBC of
	 * itself.
	 */
	private @Nullable Connection find() {
		if (!(TransactionSynchronizationManager.getResource(this.factory) instanceof EntityManagerHolder holder)
				|| isJdbcTransactionInProgress()) {
			return null;
		}
		boolean inProgress = isJpaTransactionInProgress();
		if (TransactionSynchronizationManager.getResource(this.dataSource) instanceof ConnectionHolder connections
				// a transaction that has begun since then has another
				&& !(inProgress && connections instanceof Used)) {
			return inProgress ? null : connections.getConnection();
		}
		var connection = session(holder).getJdbcCoordinator().getLogicalConnection();
		return (inProgress || connection.isPhysicallyConnected()) ? connection.getPhysicalConnection() : null;
	}

	/**
	 * A connection on which {@link #use} runs statements, so that no transaction has
	 * bound it.
	 */
	private static final class Used extends ConnectionHolder {

		Used(Connection connection) {
			super(connection);
		}

	}

	private static SharedSessionContractImplementor session(EntityManagerHolder holder) {
		return holder.getEntityManager().unwrap(SharedSessionContractImplementor.class);
	}

}

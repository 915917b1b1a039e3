package dev.actionlog.bench;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.util.Assert;

/**
 * Recording in a caller's transaction that has loaded {@value #ENTITIES} entities of the
 * caller's own, beside the same in one that has loaded none. A turn is one transaction;
 * only the records in it are measured, neither loading nor the end, which is a rollback.
 */
@NullUnmarked
public class RecordAmongEntities extends OfNode {

	/** Many: Hibernate looks through all of them when it flushes. */
	private static final int ENTITIES = 10_000;

	private PlatformTransactionManager transactions;

	private EntityManager entityManager;

	private TransactionStatus transaction;

	static Comparison comparison() {
		// one thread: it is the thread of the transaction
		return InProcess.time("record among %,d managed entities, to among none".formatted(ENTITIES),
				RecordAmongEntities.class, 1, 1.1);
	}

	@Override
	void prepare(Node node) {
		this.transactions = node.get(PlatformTransactionManager.class);
		this.entityManager = SharedEntityManagerCreator.createSharedEntityManager(node.get(EntityManagerFactory.class));
		JdbcClient jdbc = node.jdbc();
		jdbc.sql("drop table if exists bench_entity").update();
		jdbc.sql("create table bench_entity (id bigint primary key, name varchar(100) not null)").update();
		jdbc.sql("insert into bench_entity select n, 'Name ' || n from generate_series(1, ?) n")
			.param(ENTITIES)
			.update();
	}

	@Override
	void begin(boolean reference) {
		this.transaction = this.transactions.getTransaction(new DefaultTransactionDefinition());
		if (!reference) {
			int loaded = this.entityManager.createQuery("from benchEntity", Managed.class).getResultList().size();
			Assert.state(loaded == ENTITIES, "The entities are not there");
		}
	}

	@Override
	@Nullable Object library() {
		actions().recordFor(anyUser(), Data.MESSAGE, Data.ARGUMENT);
		return null;
	}

	@Override
	@Nullable Object reference() {
		return library();
	}

	@Override
	void end() {
		this.transactions.rollback(this.transaction);
	}

	/**
	 * An entity of the caller's.
	 */
	@Entity(name = "benchEntity")
	@Table(name = "bench_entity")
	@SuppressWarnings("UnusedVariable") // there to be looked through
	static class Managed {

		@Id
		private long id;

		private String name;

	}

}

package dev.actionlog.bench;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Recording an action of any user in a caller's JPA transaction that does nothing else,
 * beside the same transaction in which hand-written JDBC locks, inserts and trims on
 * textbook tables through the transaction's connection. Begin and commit count on both
 * sides.
 */
@NullUnmarked
public class RecordInTransaction extends OfNode {

	private DataSource dataSource;

	private Textbook textbook;

	private TransactionTemplate transaction;

	static Comparison comparison() {
		return InProcess.throughput("record in a JPA transaction, to textbook JDBC in it", RecordInTransaction.class,
				1.3, 1.3, 1.3);
	}

	@Override
	void prepare(Node node) {
		this.dataSource = node.dataSource();
		this.textbook = Textbook.create(this.dataSource);
		this.transaction = new TransactionTemplate(node.get(PlatformTransactionManager.class));
	}

	@Override
	@Nullable Object library() {
		this.transaction.executeWithoutResult((status) -> actions().recordFor(anyUser(), Data.MESSAGE, Data.ARGUMENT));
		return null;
	}

	@Override
	@Nullable Object reference() {
		this.transaction.executeWithoutResult((status) -> recordByHand());
		return null;
	}

	private void recordByHand() {
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		try {
			this.textbook.record(connection, anyUser(), Data.MESSAGE, Data.ARGUMENT);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.dataSource);
		}
	}

}

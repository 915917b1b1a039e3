package dev.actionlog.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Sees every statement that reaches the driver. A bean of this type in a context is
 * enough.
 */
public class SqlLog implements BeanPostProcessor, QueryExecutionListener {

	private static final List<String> OWN_THREADS = List.of("scheduling-", "actionlog-live");

	private final List<String> statements = new CopyOnWriteArrayList<>();

	private final AtomicInteger transactions = new AtomicInteger();

	private volatile @Nullable String broken;

	private volatile boolean once;

	private volatile boolean unreachable;

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof DataSource dataSource)
				? ProxyDataSourceBuilder.create(new Connections(dataSource)).listener(this).afterMethod((execution) -> {
					if (execution.getMethod().getName().equals("commit")) {
						this.transactions.incrementAndGet();
					}
				}).build() : bean;
	}

	@Override
	public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
		// what a node does by its own clock is no cost of what a test does
		if (OWN_THREADS.stream().noneMatch(Thread.currentThread().getName()::startsWith)) {
			queries.forEach((query) -> this.statements.add(query.getQuery()));
		}
		String broken = this.broken;
		if (broken != null && queries.stream().anyMatch((query) -> query.getQuery().startsWith(broken))) {
			if (this.once) {
				this.broken = null;
			}
			throw new IllegalStateException("for the test");
		}
	}

	@Override
	public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
	}

	/**
	 * Lets statements fail until the next {@link #clear()}.
	 * @param start how they start
	 */
	public void fail(String start) {
		this.once = false;
		this.broken = start;
	}

	/**
	 * Lets one statement fail.
	 * @param start how it starts
	 */
	public void failOnce(String start) {
		this.statements.clear();
		this.once = true;
		this.broken = start;
	}

	/**
	 * Lets no connection be had, until the next {@link #clear()}.
	 */
	public void failConnections() {
		this.unreachable = true;
	}

	/**
	 * Forgets what it saw.
	 */
	public void clear() {
		this.broken = null;
		this.unreachable = false;
		this.statements.clear();
		this.transactions.set(0);
	}

	/**
	 * The explicit commits since the last {@link #clear()}: a lone statement needs none.
	 * @return their number
	 */
	public int transactions() {
		return this.transactions.get();
	}

	/**
	 * The statements since the last {@link #clear()}.
	 * @return their SQL, in the order of execution
	 */
	public List<String> statements() {
		return List.copyOf(this.statements);
	}

	private final class Connections extends DelegatingDataSource {

		Connections(DataSource dataSource) {
			super(dataSource);
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (SqlLog.this.unreachable) {
				throw new SQLTransientConnectionException("for the test");
			}
			return super.getConnection();
		}

	}

}

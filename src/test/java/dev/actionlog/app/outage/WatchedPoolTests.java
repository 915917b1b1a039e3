package dev.actionlog.app.outage;

import java.sql.Connection;
import java.sql.SQLException;

import dev.actionlog.testing.ServerLog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WatchedPool}.
 */
class WatchedPoolTests {

	@Test
	void aPoolWhoseConnectionsAreBusyIsNoOutage() throws SQLException {
		try (WatchedPool pool = pool("jdbc:h2:mem:busy"); ServerLog log = new ServerLog()) {
			try (Connection connection = pool.getConnection()) {
				for (int i = 0; i < 3; i++) {
					assertThatExceptionOfType(WatchedPool.BusyPoolException.class).isThrownBy(pool::getConnection)
						.satisfies(pool.outage()::notice);
				}
				assertThat(connection.isValid(1)).isTrue();
				assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
			}
			assertThat(pool.outage().isWatched()).isFalse();
			assertThat(log.entries())
				.filteredOn((entry) -> entry.startsWith("All connections to the database are busy"))
				.hasSize(1);
		}
	}

	@Test
	void whereNoConnectionCanBeMadeNobodyWaitsAfterTheFirst() throws SQLException {
		try (WatchedPool pool = pool("jdbc:h2:mem:away;IFEXISTS=TRUE"); ServerLog log = new ServerLog()) {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection);
				assertThat(pool.outage().isLasting()).isTrue();
			}
			assertThat(log.entries()).filteredOn((entry) -> entry.startsWith("The database cannot be reached: "))
				.hasSize(1);
		}
	}

	private static WatchedPool pool(String url) {
		WatchedPool pool = new WatchedPool();
		pool.setJdbcUrl(url);
		pool.setUsername("sa");
		pool.setPassword("");
		pool.setMaximumPoolSize(1);
		pool.setConnectionTimeout(250);
		pool.setInitializationFailTimeout(-1);
		return pool;
	}

}

package dev.actionlog.app.outage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.util.DriverDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Whether the database can be reached. When that fails for somebody, a thread looks until
 * it has succeeded for a while. Failures in between belong to the same outage.
 */
class Outage {

	/** For so long requests wait for the database, because it may only be restarted. */
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

	/** After so long without a failure the outage is over. */
	private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

	/** Failures within so long have the same reason. */
	private static final long AT_ONCE = TimeUnit.MILLISECONDS.toNanos(20);

	/** That connections are busy is said no more often. */
	private static final long BUSY_PAUSE = TimeUnit.SECONDS.toNanos(30);

	private static final long PAUSE_MILLIS = 250;

	private static final Log logger = LogFactory.getLog(Outage.class);

	private final HikariDataSource pool;

	private final AtomicBoolean watched = new AtomicBoolean();

	private final AtomicLong lastEviction = new AtomicLong(System.nanoTime() - AT_ONCE);

	private final AtomicLong lastBusy = new AtomicLong(System.nanoTime() - BUSY_PAUSE);

	private volatile long lastFailure;

	private volatile boolean lasting;

	Outage(HikariDataSource pool) {
		this.pool = pool;
	}

	/**
	 * Whether the database has been away for so long that waiting for it only keeps
	 * threads busy.
	 */
	boolean isLasting() {
		return this.lasting;
	}

	/**
	 * Whether an outage has begun of which it was not said yet that it is over.
	 */
	boolean isWatched() {
		return this.watched.get();
	}

	/**
	 * Somebody could not reach the database, or has lost a connection to it. The others
	 * of the pool are lost, too, as a rule, and none of them is to fail the next request.
	 */
	void notice(Throwable failure) {
		if (DatabaseFailure.isBusy(failure)) {
			long now = System.nanoTime();
			long last = this.lastBusy.get();
			if (now - last >= BUSY_PAUSE && this.lastBusy.compareAndSet(last, now)) {
				logger.warn("All connections to the database are busy, so requests are refused");
			}
		}
		else {
			notice(failure, DatabaseFailure.isSilence(failure));
		}
	}

	/**
	 * Somebody has waited for a connection in vain, and so for others, too.
	 */
	void noticeWait(Throwable failure) {
		notice(failure, true);
	}

	private void notice(Throwable failure, boolean waited) {
		if (this.pool.isClosed()) {
			return;
		}
		evictConnections();
		long now = System.nanoTime();
		this.lastFailure = now;
		if (waited) {
			this.lasting = true;
		}
		if (this.watched.compareAndSet(false, true)) {
			logger.warn("The database cannot be reached: " + DatabaseFailure.reason(failure));
			Thread thread = new Thread(() -> watch(waited ? now - PATIENCE : now), "database-outage");
			thread.setDaemon(true);
			try {
				thread.start();
			}
			// there can be no thread now
			catch (OutOfMemoryError ex) {
				logger.error("Nobody looks when the database can be reached again", ex);
				end();
			}
		}
	}

	private void end() {
		this.watched.set(false);
		this.lasting = false;
	}

	boolean isPoolEmpty() {
		HikariPoolMXBean connections = this.pool.getHikariPoolMXBean();
		return connections != null && connections.getTotalConnections() == 0;
	}

	private void evictConnections() {
		long last = this.lastEviction.get();
		long now = System.nanoTime();
		HikariPoolMXBean connections = this.pool.getHikariPoolMXBean();
		if (connections != null && now - last >= AT_ONCE && this.lastEviction.compareAndSet(last, now)) {
			connections.softEvictConnections();
		}
	}

	private void watch(long begin) {
		try {
			long lastReached = begin;
			while (!this.pool.isClosed()) {
				boolean reachable = isReachable();
				long now = System.nanoTime();
				if (reachable) {
					lastReached = now;
				}
				else {
					this.lastFailure = now;
				}
				// connections that are lost again and again are no reason to refuse all
				this.lasting = now - lastReached >= PATIENCE;
				if (reachable && now - this.lastFailure >= QUIET) {
					break;
				}
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			end();
		}
		logger.info(String.format(Locale.ROOT, "The database can be reached again, after %.1f s",
				(this.lastFailure - begin) / 1e9));
	}

	/**
	 * Not through the pool, whose connections may only be busy; but it must have some.
	 */
	private boolean isReachable() {
		DataSource driver = new DriverDataSource(this.pool.getJdbcUrl(), this.pool.getDriverClassName(),
				this.pool.getDataSourceProperties(), this.pool.getUsername(), this.pool.getPassword());
		try (Connection connection = driver.getConnection()) {
			return connection.isValid(1) && !isPoolEmpty();
		}
		catch (SQLException | RuntimeException ex) {
			return false;
		}
	}

}

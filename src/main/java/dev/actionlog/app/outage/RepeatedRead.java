package dev.actionlog.app.outage;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads from the database once more where the connection was lost. What a request reads
 * first notices so for all that follows.
 */
@Component
public class RepeatedRead {

	/** Who has waited for longer has waited for the database already. */
	private static final long SOON = TimeUnit.SECONDS.toNanos(1);

	private final DataSource dataSource;

	RepeatedRead(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Reads.
	 * @param work reads outside of a transaction
	 * @param <T> the type of what it reads
	 * @return what it has read
	 */
	public <T extends @Nullable Object> T read(Supplier<T> work) {
		long begin = System.nanoTime();
		try {
			return work.get();
		}
		catch (RuntimeException ex) {
			if (!DatabaseFailure.isUnreachable(ex) || System.nanoTime() - begin > SOON) {
				throw ex;
			}
			notice(ex);
			return work.get();
		}
	}

	void notice(Exception failure) {
		try {
			this.dataSource.unwrap(WatchedPool.class).outage().notice(failure);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

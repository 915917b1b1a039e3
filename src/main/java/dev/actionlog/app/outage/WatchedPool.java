package dev.actionlog.app.outage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import com.zaxxer.hikari.HikariDataSource;

/**
 * The pool of connections, in which nobody waits for the database while an outage lasts.
 */
class WatchedPool extends HikariDataSource {

	private final Outage outage = new Outage(this);

	Outage outage() {
		return this.outage;
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.outage.isLasting()) {
			throw new SQLTransientConnectionException("The outage lasts", "08001");
		}
		try {
			return super.getConnection();
		}
		catch (SQLException ex) {
			if (isClosed() || ex.getCause() != null || this.outage.isPoolEmpty()) {
				this.outage.noticeWait(ex);
				throw ex;
			}
			throw new BusyPoolException(ex);
		}
	}

	/**
	 * All connections were in use for as long as somebody waits for one. That is no
	 * outage: to make new ones would cost time, too.
	 */
	static final class BusyPoolException extends SQLTransientConnectionException {

		private static final long serialVersionUID = 1L;

		BusyPoolException(SQLException cause) {
			super("All connections are busy", "08001", cause);
		}

	}

}

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
			this.outage.noticeWait(ex);
			throw ex;
		}
	}

}

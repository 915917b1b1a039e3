package dev.actionlog.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * What a careful hand would write with JDBC alone for the same promise: at most the
 * newest 10, exactly.
 */
class HandWrittenActions {

	private static final int KEEP = 10;

	private static final String LOCK = "select id, keep from actionlog_profile where username = ? for no key update";

	private static final String INSERT = """
			insert into actionlog_action (profile_id, recorded_at, message, args, link) values (?, ?, ?, ?, ?)
			""";

	private static final String TRIM = """
			delete from actionlog_action where profile_id = ? and id <= (
				select id from actionlog_action where profile_id = ? order by id desc limit 1 offset ?)
			""";

	private static final String RECENT = """
			select a.id, a.profile_id, a.recorded_at, a.message, a.args, a.link
			from actionlog_action a join actionlog_profile p on p.id = a.profile_id
			where p.username = ? order by a.id desc limit ?
			""";

	private final DataSource dataSource;

	HandWrittenActions(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	void record(String username, String message, String... args) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			try {
				record(connection, username, message, args);
				connection.commit();
			}
			catch (SQLException ex) {
				connection.rollback();
				throw ex;
			}
		}
	}

	private void record(Connection connection, String username, String message, String... args) throws SQLException {
		try (PreparedStatement lock = connection.prepareStatement(LOCK);
				PreparedStatement insert = connection.prepareStatement(INSERT);
				PreparedStatement trim = connection.prepareStatement(TRIM)) {
			lock.setString(1, username);
			long profile;
			int keep;
			try (ResultSet row = lock.executeQuery()) {
				row.next();
				profile = row.getLong(1);
				keep = row.getInt(2);
				keep = row.wasNull() ? KEEP : keep;
			}
			insert.setLong(1, profile);
			insert.setObject(2, Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
			insert.setString(3, message);
			insert.setArray(4, connection.createArrayOf("varchar", args));
			insert.setString(5, null);
			insert.executeUpdate();
			trim.setLong(1, profile);
			trim.setLong(2, profile);
			trim.setInt(3, keep);
			trim.executeUpdate();
		}
	}

	List<Row> recent(String username) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement select = connection.prepareStatement(RECENT)) {
			select.setString(1, username);
			select.setInt(2, KEEP);
			List<Row> rows = new ArrayList<>(KEEP);
			try (ResultSet row = select.executeQuery()) {
				while (row.next()) {
					rows.add(new Row(row.getLong(1), row.getLong(2), row.getObject(3, OffsetDateTime.class).toInstant(),
							row.getString(4), List.of((String[]) row.getArray(5).getArray()), row.getString(6)));
				}
			}
			return rows;
		}
	}

	record Row(long id, long profileId, Instant recordedAt, String message, List<String> args, @Nullable String link) {
	}

}

package dev.actionlog.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a hand writes with JDBC alone on the library's own tables, where a user's log is a
 * ring: one statement to record, one to read, both in autocommit.
 */
final class Ring {

	private static final String RECORD = """
			with p as (
				update actionlog_profile set written = written + 1
				where username = ? and slots > 0 and slots = coalesce(keep, ?)
				returning username, written, slots)
			insert into actionlog_action as a (username, slot, number, recorded_at, message, args, link)
			select p.username, p.written % p.slots, p.written, ?, ?, ?, ? from p
			on conflict (username, slot) do update set number = excluded.number, recorded_at = excluded.recorded_at,
				message = excluded.message, args = excluded.args, link = excluded.link
			""";

	// as many as the user wants to be kept, of whom the ring may still have more
	private static final String RECENT = """
			select a.number, a.recorded_at, a.message, a.args, a.link
			from actionlog_profile p join actionlog_action a
				on a.username = p.username and a.number > p.written - coalesce(p.keep, ?)
			where p.username = ? order by a.number desc
			""";

	/** Ends each argument in its column. */
	private static final String END = "\u001f";

	private final DataSource dataSource;

	Ring(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Records an action.
	 */
	void record(String username, String message, String... args) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement insert = connection.prepareStatement(RECORD)) {
			insert.setString(1, username);
			insert.setInt(2, Data.KEEP);
			insert.setObject(3, Textbook.now());
			insert.setString(4, message);
			insert.setString(5, Arrays.stream(args).map((arg) -> arg + END).collect(Collectors.joining()));
			insert.setString(6, null);
			Assert.state(insert.executeUpdate() == 1, "The user has no ring of the right size");
		}
	}

	/**
	 * The recent actions of a user, the newest first.
	 */
	List<Row> recent(String username) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement select = connection.prepareStatement(RECENT)) {
			select.setInt(1, Data.KEEP);
			select.setString(2, username);
			List<Row> rows = new ArrayList<>(Data.KEEP);
			try (ResultSet row = select.executeQuery()) {
				while (row.next()) {
					rows.add(new Row(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant(),
							row.getString(3), List.of(row.getString(4).split(END)), row.getString(5)));
				}
			}
			return rows;
		}
	}

	/**
	 * An action.
	 *
	 * @param number its number in the user's log
	 * @param recordedAt when it was recorded
	 * @param message the message code
	 * @param args what the message's pattern takes
	 * @param link the path that it links to, or {@code null}
	 */
	record Row(long number, Instant recordedAt, String message, List<String> args, @Nullable String link) {
	}

}

package dev.actionlog.app.export;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Repository of the exports. All times are the database's, the one clock that all nodes
 * share. Whether a state was changed is known from the row count of the statement alone.
 */
@Repository
class ExportRepository {

	private final JdbcClient jdbc;

	ExportRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Starts an export in place of an earlier one. The caller holds the lock on the
	 * account, so that no other does the same.
	 * @return {@code false} if one is running
	 */
	boolean start(String username, String job) {
		this.jdbc
			.sql("delete from export where username = ? and (state <> 'RUNNING'"
					+ " or heartbeat_at < current_timestamp - interval '30' second)")
			.param(username)
			.update();
		if (this.jdbc.sql("select count(*) from export where username = ?")
			.param(username)
			.query(Integer.class)
			.single() > 0) {
			return false;
		}
		this.jdbc
			.sql("insert into export (username, job, state, heartbeat_at)"
					+ " values (?, ?, 'RUNNING', current_timestamp)")
			.param(username)
			.param(job)
			.update();
		return true;
	}

	void beat(String job) {
		this.jdbc.sql("update export set heartbeat_at = current_timestamp where job = ? and state = 'RUNNING'")
			.param(job)
			.update();
	}

	/**
	 * Stores the file.
	 * @return {@code false} if the job is not the running one any more
	 */
	boolean finish(String username, String job, byte[] content) {
		return this.jdbc
			.sql("update export set state = 'READY', content = ?, heartbeat_at = current_timestamp"
					+ " where username = ? and job = ? and state = 'RUNNING'")
			.param(content)
			.param(username)
			.param(job)
			.update() == 1;
	}

	/**
	 * Notes that a job failed.
	 * @return {@code false} if the job is not the running one any more
	 */
	boolean fail(String username, String job) {
		return this.jdbc.sql("update export set state = 'FAILED' where username = ? and job = ? and state = 'RUNNING'")
			.param(username)
			.param(job)
			.update() == 1;
	}

	/**
	 * The jobs without a heartbeat, whose node has died.
	 */
	List<ExportRequested> findSilent() {
		return this.jdbc
			.sql("select username, job from export where state = 'RUNNING'"
					+ " and heartbeat_at < current_timestamp - interval '30' second order by username")
			.query((row, number) -> new ExportRequested(row.getString("username"), row.getString("job")))
			.list();
	}

	/**
	 * How far the export of a user is.
	 * @return the state, or empty where there is none or its file is gone
	 */
	Optional<ExportState> findState(String username) {
		return this.jdbc
			.sql("select state, heartbeat_at + interval '24' hour as until from export where username = ?"
					+ " and heartbeat_at > current_timestamp - interval '24' hour")
			.param(username)
			.query((row, number) -> new ExportState(row.getString("state"),
					row.getObject("until", OffsetDateTime.class).toInstant()))
			.optional();
	}

	/**
	 * The file of a user.
	 * @return the file, or empty where there is none that is younger than 24 hours
	 */
	Optional<byte[]> findFile(String username) {
		return this.jdbc
			.sql("select content from export where username = ? and state = 'READY'"
					+ " and heartbeat_at > current_timestamp - interval '24' hour")
			.param(username)
			.query(byte[].class)
			.optional();
	}

	void deleteOld() {
		this.jdbc
			.sql("delete from export where state <> 'RUNNING'"
					+ " and heartbeat_at <= current_timestamp - interval '24' hour")
			.update();
	}

}

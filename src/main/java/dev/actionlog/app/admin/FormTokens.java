package dev.actionlog.app.admin;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Repository of the tokens of forms that were sent in the last day, so that none is sent
 * twice.
 */
@Repository
class FormTokens {

	private final JdbcClient jdbc;

	FormTokens(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Notes that a form is sent. The caller holds the lock on the account, so that no
	 * other does the same.
	 * @return {@code false} if it was sent before
	 */
	boolean add(String username, String token) {
		this.jdbc.sql("delete from sent_form where sent_at < current_timestamp - interval '1' day").update();
		if (this.jdbc.sql("select count(*) from sent_form where username = ? and token = ?")
			.params(username, token)
			.query(Integer.class)
			.single() > 0) {
			return false;
		}
		this.jdbc.sql("insert into sent_form (username, token, sent_at) values (?, ?, current_timestamp)")
			.params(username, token)
			.update();
		return true;
	}

}

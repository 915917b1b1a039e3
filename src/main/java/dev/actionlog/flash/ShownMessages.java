package dev.actionlog.flash;

import java.time.Instant;
import java.util.List;

import dev.actionlog.database.Database;

/**
 * The messages that a user was shown, to be read again: the newest
 * {@code actionlog.flash.keep} by the time at which they were shown.
 */
class ShownMessages {

	private final String username;

	private final Database database;

	private final FlashPolicy policy;

	ShownMessages(String username, Database database, FlashPolicy policy) {
		this.username = username;
		this.database = database;
		this.policy = policy;
	}

	/**
	 * Keeps messages that are about to be deleted because a page has shown them.
	 * @param numbers their numbers, at least one
	 */
	void keep(List<Long> numbers) {
		if (this.policy.keep() > 0) {
			this.database.sql("""
					insert into actionlog_shown (username, number, %1$s, sent_at, shown_at)
					select username, number, %1$s, sent_at, :now from %2$s
					where username = :username and number in (:numbers)
					""".formatted(MessageColumns.ALL, this.database.dialect().byKey("actionlog_flash")))
				.param("now", this.database.dialect().timestamp(this.policy.now()))
				.param("username", this.username)
				.param("numbers", numbers)
				.update();
		}
		deleteSurplus();
	}

	/**
	 * Looks first and deletes by keys, because MariaDB would lock gaps.
	 */
	private void deleteSurplus() {
		List<Long> surplus = this.database.sql("""
				select number from actionlog_shown where username = ? order by shown_at desc, number desc
				limit %d offset ?
				""".formatted(Integer.MAX_VALUE))
			.params(this.username, this.policy.keep())
			.query((row, number) -> row.getLong(1))
			.list();
		if (!surplus.isEmpty()) {
			this.database
				.sql(this.database.dialect().deleteByKey("actionlog_shown")
						+ " where username = :username and number in (:numbers)")
				.param("username", this.username)
				.param("numbers", surplus)
				.update();
		}
	}

	/**
	 * The messages, the newest first. They never expire.
	 */
	List<FlashMessage> recent() {
		return (this.policy.keep() == 0) ? List.of() : this.database.read(() -> this.database.sql("""
				select %s, sent_at from actionlog_shown where username = ? order by shown_at desc, number desc limit ?
				""".formatted(MessageColumns.ALL))
			.params(this.username, this.policy.keep())
			.query((row, number) -> MessageColumns.read(row, this.policy,
					this.database.dialect().instant(row, "sent_at"), Instant.MAX))
			.list());
	}

}

package dev.actionlog.flash;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import dev.actionlog.flash.UserFlashStorage.Row;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The messages of a user that a page holds with its token until the lease ends.
 */
class UserFlashClaim implements FlashClaim {

	private static final Log logger = LogFactory.getLog(UserFlashClaim.class);

	private static final int RETRY_SECONDS = 1;

	private static final Executor RETRY = CompletableFuture.delayedExecutor(RETRY_SECONDS, TimeUnit.SECONDS, (work) -> {
		Thread thread = new Thread(work, "actionlog-flash-retry");
		thread.setDaemon(true);
		thread.start();
	});

	private final UserFlashStorage storage;

	private final String token;

	private final List<Row> rows;

	private final long end;

	private List<FlashMessage> messages;

	UserFlashClaim(UserFlashStorage storage, String token, List<Row> rows) {
		this.storage = storage;
		this.token = token;
		this.rows = rows;
		this.end = System.nanoTime() + storage.policy.lease().toNanos();
		this.messages = rows.stream().map(Row::message).toList();
		if (!rows.isEmpty()) {
			// if the transaction that claims them is rolled back they wait again
			storage.database.afterRollback(() -> this.messages = List.of());
		}
	}

	@Override
	public List<FlashMessage> messages() {
		return this.messages;
	}

	@Override
	public void acknowledge(Predicate<FlashMessage> kept) {
		acknowledgeWhileHeld(rows(kept), rows(kept.negate()));
	}

	@Override
	public void handOver() {
		// they are held already
	}

	@Override
	public String token() {
		return this.token;
	}

	/**
	 * The page is out, so what it showed must not be shown again: where the database
	 * fails now, it is tried again until the lease ends.
	 */
	private void acknowledgeWhileHeld(List<Row> again, List<Row> gone) {
		try {
			release(again);
			int shown = gone.isEmpty() ? 0 : this.storage.shown(this.token, gone);
			if (shown < gone.size()) {
				logger.warn((gone.size() - shown) + " flash messages are not held any more, so they may be shown again:"
						+ " the page took longer than the lease, or no tenant, or another, was set when it ended");
			}
			this.storage.database.afterCommit(() -> this.storage.policy.count("shown", shown));
		}
		catch (RuntimeException ex) {
			boolean held = System.nanoTime() + TimeUnit.SECONDS.toNanos(RETRY_SECONDS) < this.end;
			logger.error("Flash messages could not be marked as shown"
					+ (held ? "; trying again" : "; they will be shown again"), ex);
			if (held) {
				RETRY.execute(() -> acknowledgeWhileHeld(again, gone));
			}
		}
	}

	@Override
	public void delete() {
		this.storage.change("delete from actionlog_flash", this.token, this.rows);
	}

	@Override
	public void release() {
		release(this.rows);
	}

	private void release(List<Row> rows) {
		this.storage.change("update actionlog_flash set claim_token = null, claimed_until = null", this.token, rows);
	}

	private List<Row> rows(Predicate<FlashMessage> which) {
		return this.rows.stream().filter((row) -> which.test(row.message())).toList();
	}

}

package dev.actionlog.flash;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import dev.actionlog.database.Unreachable;
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

	private final List<NumberedMessage> rows;

	private final long end;

	private List<FlashMessage> messages;

	UserFlashClaim(UserFlashStorage storage, String token, List<NumberedMessage> rows) {
		this.storage = storage;
		this.token = token;
		this.rows = rows;
		this.end = System.nanoTime() + storage.policy.lease().toNanos();
		this.messages = rows.stream().map(NumberedMessage::message).toList();
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
		List<NumberedMessage> again = rows(kept);
		List<NumberedMessage> gone = rows(kept.negate());
		whileHeld("Flash messages could not be marked as shown", () -> markAsShown(again, gone));
	}

	@Override
	public void handOver() {
		// they are held already
	}

	@Override
	public String token() {
		return this.token;
	}

	private void markAsShown(List<NumberedMessage> again, List<NumberedMessage> gone) {
		release(again);
		int shown = gone.isEmpty() ? 0 : this.storage.shown(this.token, gone);
		if (shown < gone.size()) {
			logger.warn((gone.size() - shown) + " flash messages are not held any more, so they may be shown again:"
					+ " the page took longer than the lease, or no tenant, or another, was set when it ended");
		}
		this.storage.database.afterCommit(() -> this.storage.policy.count("shown", shown));
	}

	/**
	 * The page is out, so what becomes of its messages must not be left to the end of the
	 * lease: where the database fails now, it is tried again until then.
	 */
	private void whileHeld(String failure, Runnable work) {
		try {
			this.storage.database.repeatable(() -> {
				work.run();
				return true;
			});
		}
		catch (RuntimeException ex) {
			Unreachable.info(logger, failure + "; trying again", ex);
			tryLater(failure, work);
		}
	}

	private void tryLater(String failure, Runnable work) {
		RETRY.execute(() -> {
			try {
				work.run();
			}
			catch (RuntimeException ex) {
				if (System.nanoTime() + TimeUnit.SECONDS.toNanos(RETRY_SECONDS) < this.end) {
					tryLater(failure, work);
				}
				else {
					Unreachable.warn(logger, failure + "; they will be shown again", ex);
				}
			}
		});
	}

	@Override
	public void delete() {
		this.storage.delete(this.token, this.rows);
	}

	@Override
	public void release() {
		whileHeld("Flash messages could not be given back", () -> release(this.rows));
	}

	private void release(List<NumberedMessage> rows) {
		this.storage.release(this.token, rows);
	}

	private List<NumberedMessage> rows(Predicate<FlashMessage> which) {
		return this.rows.stream().filter((row) -> which.test(row.message())).toList();
	}

}

package dev.actionlog.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Work that several threads do at the same time.
 */
public final class Together {

	private static final long PATIENCE_SECONDS = 180;

	private Together() {
	}

	/**
	 * Runs work in several threads, which start it together, and waits for all of them.
	 * @param threads the number of threads
	 * @param work the work, which gets the number of its thread, from 0
	 * @throws Exception the first failure
	 */
	public static void run(int threads, Work work) throws Exception {
		run(threads, Duration.ofSeconds(PATIENCE_SECONDS), work);
	}

	/**
	 * Runs work in several threads, which start it together, and waits for all of them.
	 * @param threads the number of threads
	 * @param patience how long one of them is waited for
	 * @param work the work, which gets the number of its thread, from 0
	 * @throws Exception the first failure
	 */
	public static void run(int threads, Duration patience, Work work) throws Exception {
		CyclicBarrier start = new CyclicBarrier(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> results = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				int number = i;
				results.add(executor.submit(() -> {
					start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
					work.run(number);
					return number;
				}));
			}
			for (Future<?> result : results) {
				result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	/**
	 * Waits until something has happened that tells nobody, and fails where it does not.
	 * @param question whether it has happened
	 * @throws Exception what the question threw, or an interrupt
	 */
	public static void eventually(Callable<Boolean> question) throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS / 3);
		while (!question.call()) {
			if (System.nanoTime() > end) {
				throw new AssertionError("It has not happened");
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	/**
	 * What one of the threads does.
	 */
	@FunctionalInterface
	public interface Work {

		/**
		 * Does the work.
		 * @param thread the number of the thread, from 0
		 * @throws Exception any failure
		 */
		void run(int thread) throws Exception;

	}

}

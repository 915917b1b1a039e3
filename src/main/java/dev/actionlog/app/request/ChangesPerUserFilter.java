package dev.actionlog.app.request;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that lets only a few requests of a user change something at a time. They would
 * queue on the user's row anyway, but each with a connection to the database that others
 * need. Here they queue without. Where one has waited for the row in vain, so would the
 * others: they are answered with the same status 409 at once.
 */
public class ChangesPerUserFilter extends OncePerRequestFilter {

	/** More than one, because the upload of a photo may take its time. */
	private static final int AT_A_TIME = 3;

	private static final int MAX_WAIT_SECONDS = 10;

	/** Less than any lock timeout; other conflicts are found at once. */
	private static final long IN_VAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private static final Set<String> SAFE = Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(),
			HttpMethod.OPTIONS.name(), HttpMethod.TRACE.name());

	/** Users with such requests only. */
	private final ConcurrentMap<String, Queue> queues = new ConcurrentHashMap<>();

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication user = SecurityContextHolder.getContext().getAuthentication();
		if (user == null || SAFE.contains(request.getMethod())) {
			chain.doFilter(request, response);
			return;
		}
		Queue queue = this.queues.compute(user.getName(), (name, known) -> Queue.join(known));
		try {
			if (queue.await()) {
				inTurn(queue, request, response, chain);
			}
			else {
				ExpiredForm.showAgain(request);
				response.sendError(HttpServletResponse.SC_CONFLICT);
			}
		}
		finally {
			this.queues.computeIfPresent(user.getName(), (name, known) -> (--known.members > 0) ? known : null);
		}
	}

	private static void inTurn(Queue queue, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long begin = System.nanoTime();
		boolean conflict = false;
		try {
			chain.doFilter(request, response);
			conflict = response.getStatus() == HttpServletResponse.SC_CONFLICT;
		}
		catch (ConcurrencyFailureException ex) {
			conflict = true;
			throw ex;
		}
		finally {
			queue.leave(conflict && System.nanoTime() - begin > IN_VAIN_NANOS);
		}
	}

	private static final class Queue {

		private final Semaphore places = new Semaphore(AT_A_TIME, true);

		private final AtomicInteger conflicts = new AtomicInteger();

		/** Changed within the map only. */
		private int members;

		static Queue join(@Nullable Queue known) {
			Queue queue = (known != null) ? known : new Queue();
			queue.members++;
			return queue;
		}

		/**
		 * Waits for a place.
		 * @return {@code false} if there is none, because nobody gets on
		 */
		boolean await() {
			int before = this.conflicts.get();
			try {
				if (!this.places.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
					return false;
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
			if (this.conflicts.get() != before) {
				this.places.release();
				return false;
			}
			return true;
		}

		void leave(boolean conflict) {
			if (conflict) {
				this.conflicts.incrementAndGet();
			}
			this.places.release();
		}

	}

}

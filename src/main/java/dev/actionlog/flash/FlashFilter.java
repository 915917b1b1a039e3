package dev.actionlog.flash;

import java.io.IOException;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Learns how each response ends, and so what becomes of the messages that it showed;
 * {@link FlashDelivery} tells which requests are shown any. It takes part in error and
 * asynchronous dispatches and in forwards from outside of it, and waits while a response
 * is asynchronous.
 */
class FlashFilter extends OncePerRequestFilter {

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		FlashExchange exchange = FlashExchange.of(request);
		exchange.begin(response);
		boolean failed = true;
		try {
			chain.doFilter(request, new ResponseWatch(response, exchange));
			failed = false;
		}
		finally {
			if (failed) {
				exchange.release();
			}
			else if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new AsyncEnd(exchange));
			}
			else {
				exchange.end();
			}
		}
	}

	/**
	 * Notices what ends a response early: the container is going to replace it by an
	 * error page, or it becomes a redirect. A redirect is complete at once, and after
	 * that nothing can be put into a new session any more.
	 */
	private static final class ResponseWatch extends HttpServletResponseWrapper {

		private final FlashExchange exchange;

		ResponseWatch(HttpServletResponse response, FlashExchange exchange) {
			super(response);
			this.exchange = exchange;
		}

		@Override
		public void sendError(int status) throws IOException {
			super.sendError(status);
			this.exchange.fail();
		}

		@Override
		public void sendError(int status, String message) throws IOException {
			super.sendError(status, message);
			this.exchange.fail();
		}

		@Override
		public void sendRedirect(String location) throws IOException {
			this.exchange.release();
			super.sendRedirect(location);
		}

		@Override
		public void sendRedirect(String location, int status) throws IOException {
			this.exchange.release();
			super.sendRedirect(location, status);
		}

		@Override
		public void sendRedirect(String location, boolean clearBuffer) throws IOException {
			this.exchange.release();
			super.sendRedirect(location, clearBuffer);
		}

		@Override
		public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
			this.exchange.release();
			super.sendRedirect(location, status, clearBuffer);
		}

	}

	/**
	 * Ends the exchange of a response that is completed without another dispatch; after
	 * one there is nothing left to end.
	 */
	private record AsyncEnd(FlashExchange exchange) implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			this.exchange.end();
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			this.exchange.release();
		}

		@Override
		public void onError(AsyncEvent event) {
			this.exchange.release();
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}

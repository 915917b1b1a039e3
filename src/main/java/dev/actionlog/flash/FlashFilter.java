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
 * Learns how each response ends, and so what becomes of the messages that it showed. It
 * takes part in error and asynchronous dispatches, and waits while a response is
 * asynchronous.
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
			chain.doFilter(request, new ErrorWatch(response, exchange));
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
	 * Notices that the container is going to replace the response by an error page.
	 */
	private static final class ErrorWatch extends HttpServletResponseWrapper {

		private final FlashExchange exchange;

		ErrorWatch(HttpServletResponse response, FlashExchange exchange) {
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

package dev.actionlog.app.request;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Valve that bounds how many requests of one client are in flight, how long their bodies
 * may take to arrive, and how many threads wait for bodies, so that clients that send or
 * read slowly do not take all threads of the server. A request ends when its answer is
 * written. A stream of live delivery takes no thread and lasts, so that these are counted
 * for themselves. The body of one that is refused here, or was refused by Tomcat before,
 * is not waited for.
 * <p>
 * Bodies without a length are refused with the status 411: no browser sends one, and
 * between its chunks a client can send for hours what is nothing.
 */
class RequestLimitsValve extends ValveBase {

	private static final String STREAM = "/actionlog/live";

	private final RequestsPerClient requests;

	private final RequestsPerClient streams;

	private final Semaphore waiting;

	private final InstantSource clock;

	/**
	 * Creates the valve.
	 * @param requests counts those in flight
	 * @param streams counts the streams of live delivery
	 * @param waiting as many permits as threads may wait for bodies at a time
	 * @param clock tells the time
	 */
	RequestLimitsValve(RequestsPerClient requests, RequestsPerClient streams, Semaphore waiting, InstantSource clock) {
		super(true);
		this.requests = requests;
		this.streams = streams;
		this.waiting = waiting;
		this.clock = clock;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		String address = request.getRemoteAddr();
		RequestsPerClient counter = isStream(request) ? this.streams : this.requests;
		boolean allowed = counter.begin(address);
		org.apache.coyote.Request connection = request.getCoyoteRequest();
		InputBuffer body = connection.getInputBuffer();
		TimedBody timed = new TimedBody(body, connection, this.waiting, this.clock);
		connection.setInputBuffer(timed);
		try {
			if (!allowed) {
				response.setHeader(HttpHeaders.RETRY_AFTER, "1");
				request.setAttribute(RefusedRequestFilter.STATUS, HttpStatus.TOO_MANY_REQUESTS.value());
			}
			else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
				request.setAttribute(RefusedRequestFilter.STATUS, HttpStatus.LENGTH_REQUIRED.value());
			}
			if (response.isError() || request.getAttribute(RefusedRequestFilter.STATUS) != null) {
				response.setHeader(HttpHeaders.CONNECTION, "close");
				timed.refuse();
			}
			getNext().invoke(request, response);
			if (!request.isAsync()) {
				response.finishResponse();
			}
		}
		finally {
			// the connection has one buffer for all its requests
			connection.setInputBuffer(body);
			// Tomcat would wait for the rest, however long that takes
			if (!connection.isFinished()) {
				connection.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
			}
			if (request.isAsync()) {
				request.getAsyncContextInternal().addListener(new StreamEnd(counter, address));
			}
			else {
				counter.end(address);
			}
		}
	}

	private static boolean isStream(Request request) {
		// there is no path in a request that cannot be read
		return HttpMethod.GET.matches(request.getMethod())
				&& (request.getContextPath() + STREAM).equals(request.getRequestURI());
	}

	/**
	 * Counts a stream that has ended.
	 */
	private record StreamEnd(RequestsPerClient streams, String address) implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			this.streams.end(this.address);
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// completes, too
		}

		@Override
		public void onError(AsyncEvent event) {
			// completes, too
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			// nobody starts it again
		}

	}

}

package dev.actionlog.app.request;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Valve that refuses a request with the status 503 when too many others wait for a thread
 * behind it. It does so before the application sees the request, because a refusal must
 * cost next to nothing for all that wait to be answered soon.
 */
@Component
public class QueueLimitValve extends ValveBase {

	private final int maxQueued;

	/**
	 * Creates the valve.
	 * @param maxQueued how many requests may wait for a thread behind one that is
	 * answered
	 */
	QueueLimitValve(@Value("${app.requests-waiting-for-threads}") int maxQueued) {
		super(true);
		this.maxQueued = maxQueued;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		// what is refused already is told why
		if (request.getAttribute(RefusedRequestFilter.STATUS) == null && queued(request) > this.maxQueued) {
			response.setHeader(HttpHeaders.RETRY_AFTER, "1");
			response.setHeader(HttpHeaders.CONNECTION, "close");
			response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		}
		else {
			getNext().invoke(request, response);
		}
	}

	private static int queued(Request request) {
		return (request.getConnector().getProtocolHandler().getExecutor() instanceof ThreadPoolExecutor threads)
				? threads.getQueue().size() : 0;
	}

}

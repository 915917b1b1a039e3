package dev.actionlog.app.outage;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Valve that begins a request that only reads once more from the start where it has lost
 * its connection to the database, so that a restart of the database is not seen. It is no
 * filter, because the chain of filters is used up then.
 */
class SecondTry extends ValveBase {

	private static final Set<String> METHODS = Set.of("GET", "HEAD");

	private static final String BEGIN = SecondTry.class.getName() + ".begin";

	private static final String WANTED = SecondTry.class.getName() + ".wanted";

	/** One that has taken longer has waited for the database already. */
	private static final long SOON = TimeUnit.SECONDS.toNanos(1);

	SecondTry() {
		super(true);
	}

	/**
	 * Asks for a second try, instead of an answer.
	 * @return {@code false} if there is none
	 */
	static boolean isGranted(HttpServletRequest request) {
		boolean granted = request.getDispatcherType() == DispatcherType.REQUEST
				&& request.getAttribute(BEGIN) instanceof Long begin && System.nanoTime() - begin < SOON;
		if (granted) {
			request.setAttribute(WANTED, true);
		}
		return granted;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (!METHODS.contains(request.getMethod())) {
			getNext().invoke(request, response);
			return;
		}
		List<String> before = Collections.list(request.getAttributeNames());
		request.setAttribute(BEGIN, System.nanoTime());
		getNext().invoke(request, response);
		if (request.getAttribute(WANTED) != null && !response.isCommitted()) {
			// whatever the first try has noted
			Collections.list(request.getAttributeNames())
				.stream()
				.filter((name) -> !before.contains(name))
				.forEach(request::removeAttribute);
			response.reset();
			getNext().invoke(request, response);
		}
	}

}

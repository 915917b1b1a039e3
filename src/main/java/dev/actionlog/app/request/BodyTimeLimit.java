package dev.actionlog.app.request;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Semaphore;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.InputBuffer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Customizer of Tomcat that bounds how long the body of a request may take to arrive, and
 * how many threads wait for bodies at a time, so that many slow clients together do not
 * take all threads of the server. A request beyond these bounds is answered with the
 * status 408.
 * <p>
 * It stands below the filters because Tomcat itself reads the parameters. Virtual threads
 * would make waiting cheap, but need a newer Java than this application, and the number
 * of threads is also what bounds the work that is under way.
 */
@Component
class BodyTimeLimit implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	private final Semaphore waiting;

	private final Clock clock;

	/**
	 * Creates the customizer.
	 * @param maxWaiting how many threads wait for bodies at a time
	 */
	BodyTimeLimit(@Value("${app.requests-waiting-for-bodies}") int maxWaiting, ObjectProvider<Clock> clock) {
		this.waiting = new Semaphore(maxWaiting);
		this.clock = clock.getIfUnique(Clock::systemUTC);
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory server) {
		server.addEngineValves(new BodyTimeLimitValve());
	}

	private final class BodyTimeLimitValve extends ValveBase {

		BodyTimeLimitValve() {
			super(true);
		}

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			org.apache.coyote.Request connection = request.getCoyoteRequest();
			InputBuffer body = connection.getInputBuffer();
			connection
				.setInputBuffer(new TimedBody(body, connection, BodyTimeLimit.this.waiting, BodyTimeLimit.this.clock));
			try {
				getNext().invoke(request, response);
			}
			finally {
				// the connection has one for all its requests
				connection.setInputBuffer(body);
			}
		}

	}

}

package dev.actionlog.app.request;

import java.time.Clock;
import java.util.concurrent.Semaphore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Customizer that puts the limits of requests around all that Tomcat does for one. It is
 * a valve and no filter because Tomcat itself reads parameters, writes the end of an
 * answer, and waits for the rest of a body.
 * <p>
 * Virtual threads would make waiting cheap, but need a newer Java than this application,
 * and the number of threads is also what bounds the work that is under way.
 */
@Component
class RequestLimits implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	private final RequestLimitsValve valve;

	/**
	 * Creates the customizer.
	 * @param maxPerAddress how many requests of one client can be in flight
	 * @param maxStreams how many streams of live delivery one client can have
	 * @param maxWaiting how many threads wait for bodies at a time
	 */
	RequestLimits(@Value("${app.requests-per-address}") int maxPerAddress,
			@Value("${app.streams-per-address}") int maxStreams,
			@Value("${app.requests-waiting-for-bodies}") int maxWaiting, ObjectProvider<Clock> clock) {
		this.valve = new RequestLimitsValve(new RequestsPerClient(maxPerAddress), new RequestsPerClient(maxStreams),
				new Semaphore(maxWaiting), clock.getIfUnique(Clock::systemUTC));
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory server) {
		server.addEngineValves(this.valve);
	}

}

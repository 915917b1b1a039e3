package dev.actionlog.app.request;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Customizer of Tomcat that does not wait for the body of a request that
 * {@link RequestsPerAddressFilter} does not count: one beyond the bound, and one that was
 * refused before, because of its path, say. The connection is closed.
 */
@Component
class RefusedConnections implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	@Override
	public void customize(ConfigurableTomcatWebServerFactory server) {
		server.addEngineValves(new RefusedBodyValve());
	}

	private static final class RefusedBodyValve extends ValveBase {

		RefusedBodyValve() {
			super(true);
		}

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			// by Tomcat itself
			if (response.isError()) {
				response.setHeader(HttpHeaders.CONNECTION, "close");
			}
			getNext().invoke(request, response);
			if (request.getAttribute(RequestsPerAddressFilter.COUNTED) == null) {
				request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
			}
		}

	}

}

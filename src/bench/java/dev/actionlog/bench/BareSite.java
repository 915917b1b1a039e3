package dev.actionlog.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * The same endpoints as those of {@link Site} that record and show the history, by hand:
 * a bare servlet with JDBC on the library's own tables, as a web server of its own. It
 * has no security: it takes the user's name from a header, and checks no token.
 */
final class BareSite {

	private static final String USER = "X-User";

	/** Tomcat's logger: a field, because nobody else holds on to it. */
	private static final Logger tomcatLogger = Logger.getLogger("org.apache");

	private BareSite() {
	}

	/**
	 * Starts the site.
	 * @param args none
	 * @throws IOException if that fails
	 * @throws LifecycleException if that fails
	 */
	public static void main(String[] args) throws IOException, LifecycleException {
		tomcatLogger.setLevel(Level.WARNING);
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(Server.url(Server.SHARED));
		dataSource.setMaximumPoolSize(Node.POOL_SIZE);
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir("target/bench-tomcat");
		tomcat.setPort(0);
		tomcat.getConnector().setProperty("address", "127.0.0.1");
		// by default Tomcat ends a connection after 100 requests
		tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
		Context context = tomcat.addContext("", null);
		Tomcat.addServlet(context, "bare", new BareServlet(new Ring(dataSource)));
		context.addServletMappingDecoded("/*", "bare");
		tomcat.start();
		WebServer.serve(tomcat.getConnector().getLocalPort());
	}

	/**
	 * A request of every user.
	 */
	static List<byte[]> requests(String method, String path) {
		return IntStream.rangeClosed(1, Data.USERS)
			.mapToObj((user) -> HttpConnection.request(method, path, "", USER + ": " + Data.user(user)))
			.toList();
	}

	/**
	 * Records, and shows what was recorded.
	 */
	private static final class BareServlet extends HttpServlet {

		private static final long serialVersionUID = 1L;

		private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH)
			.withZone(ZoneOffset.UTC);

		private final transient Ring ring;

		BareServlet(Ring ring) {
			this.ring = ring;
		}

		@Override
		protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException {
			try {
				this.ring.record(request.getHeader(USER), Data.MESSAGE, Data.ARGUMENT);
			}
			catch (SQLException ex) {
				throw new ServletException(ex);
			}
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			StringBuilder page = new StringBuilder(2_000).append("""
					<!DOCTYPE html>
					<html lang="en">
					<body>
					<h1>A page</h1>
					<form method="post" action="/record"><button>Record</button></form>
					<section id="action-history"><h2>Recent actions</h2><ul>
					""");
			try {
				for (Ring.Row row : this.ring.recent(request.getHeader(USER))) {
					page.append("<li data-code=\"")
						.append(escaped(row.message()))
						.append("\"><time datetime=\"")
						.append(row.recordedAt())
						.append("\">")
						.append(TIME.format(row.recordedAt()))
						.append("</time> – <span>Photo changed to ")
						.append(escaped(row.args().get(0)))
						.append("</span></li>\n");
				}
			}
			catch (SQLException ex) {
				throw new ServletException(ex);
			}
			response.setContentType("text/html;charset=UTF-8");
			response.getWriter().append(page.append("</ul></section>\n</body>\n</html>\n"));
		}

		private static String escaped(String text) {
			return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
		}

	}

}

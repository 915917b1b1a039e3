package dev.actionlog.bench;

import java.io.IOException;

/**
 * The site with live delivery, as a web server of its own.
 */
final class LiveSite {

	private LiveSite() {
	}

	/**
	 * Starts the site.
	 * @param args none
	 * @throws IOException if that fails
	 */
	public static void main(String[] args) throws IOException {
		WebServer.serve(Node.startLive(Server.url(Server.SHARED), Site.class).port());
	}

}

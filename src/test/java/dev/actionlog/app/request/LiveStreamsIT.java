package dev.actionlog.app.request;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.EventStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the streams of live delivery in the application: who has one, and how many
 * one address can have.
 */
class LiveStreamsIT {

	/** A server notices late that a client has gone, so each test has an address. */
	private static final String ADDRESS = "203.0.113.40";

	private static final int PER_USER = 8;

	private static final int PER_ADDRESS = 200;

	private final App app = App.on(Database.H2);

	/**
	 * Streams are no requests in flight, of which there can be 40.
	 */
	@Test
	void addressHas200StreamsBesidesItsRequests() throws IOException {
		List<EventStream> streams = new ArrayList<>();
		Browser browser = this.app.browser();
		while (streams.size() < PER_ADDRESS) {
			browser = this.app.signUp(App.newName());
			for (int i = 0; i < PER_USER; i++) {
				streams.add(open(ADDRESS, browser, i));
				assertThat(streams.get(streams.size() - 1).status()).isEqualTo(200);
			}
		}
		browser.with("X-Forwarded-For", ADDRESS);
		assertThat(browser.get("/profile").status()).isEqualTo(200);
		Browser late = this.app.signUp(App.newName());
		try (EventStream refused = open(ADDRESS, late, 0)) {
			assertThat(refused.status()).isEqualTo(429);
		}
		for (EventStream stream : streams) {
			stream.close();
		}
	}

	@Test
	void streamHasTheSecurityHeadersAndCostsThreeStatements() throws IOException {
		Browser browser = this.app.signUp(App.newName());
		browser.get("/profile");
		this.app.sql().clear();
		try (EventStream stream = open("203.0.113.41", browser, 0)) {
			assertThat(stream.status()).isEqualTo(200);
			assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
			assertThat(stream.header("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(stream.header("Content-Security-Policy")).contains("default-src 'self'");
			assertThat(this.app.sql().statements()).hasSize(3);
		}
	}

	@Test
	void isForSignedInUsersOnly() throws IOException {
		try (EventStream stream = new EventStream(this.app.port(), "/actionlog/live")) {
			assertThat(stream.status()).isEqualTo(401);
		}
		assertThat(this.app.browser().get("/actionlog/live/messages", "X-Requested-With", "XMLHttpRequest").status())
			.isEqualTo(401);
		assertThat(this.app.browser().head("/actionlog/live").status()).isEqualTo(405);
	}

	private EventStream open(String address, Browser browser, int number) throws IOException {
		return new EventStream(this.app.port(), "/actionlog/live?browser=" + number, "X-Forwarded-For: " + address,
				"Cookie: " + browser.cookieHeader());
	}

}

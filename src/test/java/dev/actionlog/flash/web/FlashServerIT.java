package dev.actionlog.flash.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Extent;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.testing.Together;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for what becomes of messages when a response ends, on a real server: for a user
 * on both databases, and for an anonymous visitor whose session is in memory or in a
 * database.
 */
@ParameterizedClass
@MethodSource("readers")
@NullUnmarked
class FlashServerIT {

	private static TestApplication application;

	@Parameter
	Reader reader;

	private Browser browser;

	static List<Reader> readers() {
		List<Reader> readers = List.of(new Reader(Database.H2, "ann"), new Reader(Database.POSTGRESQL, "ann"),
				new Reader(Database.H2, ""), new Reader(Database.H2, "", TestApplication.SESSIONS_IN_DATABASE),
				new Reader(Database.POSTGRESQL, "", TestApplication.SESSIONS_IN_DATABASE));
		return Extent.isAll() ? readers : readers.subList(0, 4);
	}

	@BeforeParameterizedClassInvocation
	static void start(Reader reader) {
		application = Site.start(reader.database().create(), reader.settings().toArray(String[]::new));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@BeforeEach
	void visit() {
		application.get(SqlLog.class).clear();
		application.jdbc().sql("delete from actionlog_flash").update();
		this.browser = Site.browser(application, this.reader.user());
	}

	@Test
	void pageAfterRedirectShowsOnce() throws Exception {
		Answer redirect = this.browser.postWithoutToken("/add", "text", "hello");
		assertThat(redirect.status()).isEqualTo(303);
		// before anybody can follow the redirect
		assertThat(rows()).isEqualTo(isUser() ? 1 : 0);
		assertThat(this.browser.follow(redirect).messages()).containsExactly("hello");
		assertThat(next()).isEmpty();
		assertThat(rows()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 4 })
	void showsAtTheEndOfChainOfRedirectsThatRead(int hops) throws Exception {
		Answer redirect = this.browser.postWithoutToken("/add", "text", "hello", "to", "/hop/" + hops);
		assertThat(this.browser.follow(redirect).messages()).containsExactly("hello");
		assertThat(next()).isEmpty();
	}

	@Test
	void errorPageShowsWhatTheBrokenPageDidNot() throws Exception {
		add("one", "two");
		Answer page = this.browser.get("/broken?told");
		assertThat(page.status()).isEqualTo(500);
		assertThat(page.text()).contains("An error page");
		assertThat(page.messages()).containsExactly("one", "two");
		assertThat(page.header("Cache-Control")).isEqualTo("no-store");
		assertThat(next()).isEmpty();
	}

	/**
	 * As a server does that runs a WAR file.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/broken?told&war", "/refused?told&war" })
	void errorPageThatIsForwardedToShowsOnce(String path) throws Exception {
		// the filter of these sessions does not take part in forwards
		assumeThat(this.reader.settings()).isEmpty();
		add("one", "two");
		Answer page = this.browser.get(path);
		assertThat(page.text()).contains("An error page");
		assertThat(page.messages()).containsExactly("one", "two");
		application.jdbc().sql("update actionlog_flash set claimed_until = null").update();
		assertThat(next()).isEmpty();
	}

	@Test
	void nextPageShowsWhatTheErrorPageDidNot() throws Exception {
		add("one", "two");
		Answer page = this.browser.get("/broken");
		assertThat(page.status()).isEqualTo(500);
		assertThat(page.messages()).isEmpty();
		assertThat(next()).containsExactly("one", "two");
		assertThat(next()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&told" })
	void nextPageShowsWhatTheBrokenRestOfCommittedPageDidNotFinish(String error) throws Exception {
		add("hello");
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.browser.get("/broken?filler=100000" + error));
		assertThat(next()).containsExactly("hello");
		assertThat(next()).isEmpty();
	}

	@Test
	void messageOfHandlerThatThrewIsShownNext() throws Exception {
		assertThat(this.browser.postWithoutToken("/fail", "text", "failed", "transaction", "false").status())
			.isEqualTo(500);
		assertThat(next()).containsExactly("failed");
		assertThat(next()).isEmpty();
	}

	@Test
	void messageOfHandlerThatThrewIsShownOnItsErrorPage() throws Exception {
		Answer page = this.browser.postWithoutToken("/fail?told", "text", "failed", "transaction", "false");
		assertThat(page.messages()).containsExactly("failed");
		assertThat(next()).isEmpty();
	}

	@Test
	void messageOfTransactionThatRolledBackIsGone() throws Exception {
		assumeThat(isUser()).as("A session knows no transaction").isTrue();
		Answer page = this.browser.postWithoutToken("/fail?told", "text", "failed", "transaction", "true");
		assertThat(page.status()).isEqualTo(500);
		assertThat(page.messages()).isEmpty();
		assertThat(next()).isEmpty();
	}

	@Test
	void handlerThatSendsErrorAfterReadingConsumesNothing() throws Exception {
		add("hello");
		assertThat(this.browser.get("/refused").status()).isEqualTo(409);
		assertThat(next()).containsExactly("hello");
		add("again");
		assertThat(this.browser.get("/refused?told").messages()).containsExactly("again");
		assertThat(next()).isEmpty();
	}

	@Test
	void missingPictureConsumesNothing() throws Exception {
		add("hello");
		assertThat(this.browser.get("/none.png", "Accept", "image/*").status()).isEqualTo(404);
		assertThat(this.browser.get("/none.png?told", "Accept", "image/*").status()).isEqualTo(404);
		assertThat(this.browser.get("/none.html").status()).isEqualTo(404);
		assertThat(next()).containsExactly("hello");
	}

	@Test
	void pageWithErrorStatusThatReadsConsumes() throws Exception {
		add("one");
		Answer page = this.browser.get("/unfit");
		assertThat(page.status()).isEqualTo(400);
		assertThat(page.messages()).containsExactly("one");
		assertThat(next()).isEmpty();
		add("two");
		Answer missing = this.browser.get("/none.html?told");
		assertThat(missing.status()).isEqualTo(404);
		assertThat(missing.messages()).containsExactly("two");
		assertThat(next()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Purpose,prefetch", "Sec-Purpose,prefetch;prerender", "Purpose,prefetch" })
	void prefetchConsumesNothing(String header, String value) throws Exception {
		add("hello");
		Answer page = this.browser.get("/page", header, value);
		assertThat(page.status()).isEqualTo(200);
		assertThat(next()).containsExactly("hello");
	}

	@Test
	void headConsumesNothing() throws Exception {
		add("hello");
		assertThat(this.browser.head("/page").status()).isEqualTo(200);
		assertThat(next()).containsExactly("hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/json", "/download", "/quiet" })
	void responseThatIsNoPageOrShowsNoneConsumesNothing(String path) throws Exception {
		add("hello");
		assertThat(this.browser.get(path, "Accept", "*/*").status()).isEqualTo(200);
		assertThatTheyWait("hello");
	}

	@Test
	void takingDeliversInAnyTypeOfResponse() throws Exception {
		add("one", "two");
		Answer json = this.browser.get("/json/taken", "Accept", "application/json");
		assertThat(json.text()).isEqualTo("[\"one\",\"two\"]");
		assertThat(json.header("Cache-Control")).isEqualTo("no-store");
		assertThat(this.browser.get("/json/taken", "Accept", "application/json").text()).isEqualTo("[]");
		assertThat(next()).isEmpty();
		assertThat(rows()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "/json/taken/404,404", "/json/taken/500,500", "/json/taken/300,300",
			"/json/taken/failing?handled=false,500", "/json/taken/failing?handled=true,503" })
	void takenByHandlerThatFailsIsShownNext(String path, int status) throws Exception {
		add("hello");
		assertThat(this.browser.get(path, "Accept", "application/json").status()).isEqualTo(status);
		assertThatTheyWait("hello");
	}

	@Test
	void onlyPageThatShowedSomeIsNotStored() throws Exception {
		assertThat(this.browser.get("/page").header("Cache-Control")).isEmpty();
		add("hello");
		assertThat(this.browser.get("/quiet").header("Cache-Control")).isEmpty();
		assertThat(this.browser.get("/page").header("Cache-Control")).isEqualTo("no-store");
		assertThat(this.browser.get("/page").header("Cache-Control")).isEmpty();
	}

	@Test
	void onlyPageThatShowedSomeHasNoEtag() throws Exception {
		String tag = this.browser.get("/etag/page").header("ETag");
		assertThat(tag).isNotEmpty();
		add("hello");
		Answer page = this.browser.get("/etag/page", "If-None-Match", tag);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.messages()).containsExactly("hello");
		assertThat(page.header("ETag")).isEmpty();
		assertThat(page.header("Cache-Control")).isEqualTo("no-store");
		assertThat(this.browser.get("/etag/page", "If-None-Match", tag).status()).isEqualTo(304);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/callable?fails=false", "/deferred?outcome=page", "/streamed?fails=false",
			"/completed?timeout=false" })
	void asynchronousPageShowsOnce(String path) throws Exception {
		add("one", "two");
		Answer page = this.browser.get(path);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.messages()).containsExactly("one", "two");
		assertThat(next()).isEmpty();
		Together.eventually(() -> rows() == 0);
	}

	@ParameterizedTest
	@CsvSource({ "/callable?fails=true,500", "/deferred?outcome=error,500", "/deferred?outcome=timeout,503",
			"/completed?timeout=true,500" })
	void asynchronousPageThatFailsConsumesNothing(String path, int status) throws Exception {
		add("one", "two");
		assertThat(this.browser.get(path).status()).isEqualTo(status);
		assertThat(next()).containsExactly("one", "two");
		assertThat(next()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/callable?fails=true", "/deferred?outcome=error", "/deferred?outcome=timeout",
			"/completed?timeout=true", "/streamed?fails=true" })
	void errorPageOfAsynchronousPageShowsOnce(String path) throws Exception {
		add("one", "two");
		assertThat(this.browser.get(path + "&told").messages()).containsExactly("one", "two");
		assertThat(next()).isEmpty();
	}

	@Test
	void streamThatFailsConsumesNothing() throws Exception {
		add("hello");
		assertThat(this.browser.get("/streamed?fails=true").status()).isEqualTo(500);
		assertThatTheyWait("hello");
	}

	@Test
	void streamThatBreaksOffConsumesNothing() throws Exception {
		add("hello");
		try {
			this.browser.get("/streamed?fails=true&filler=100000&told");
		}
		catch (UncheckedIOException ex) {
			// most of the time the server closes the connection, so that the reader knows
		}
		assertThatTheyWait("hello");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void pageWhoseReaderHasGoneConsumesNothing(boolean reset) throws Exception {
		add("hello");
		Site.Gate gate = application.get(Site.Gate.class);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Site.port(application))) {
			socket.setSoTimeout(60_000);
			if (reset) {
				socket.setSoLinger(true, 0);
			}
			socket.getOutputStream().write(request("/gated?filler=2000000").getBytes(StandardCharsets.US_ASCII));
			gate.awaitVisitor();
		}
		gate.open.release();
		assertThatTheyWait("hello");
	}

	@Test
	void pageWhoseReaderGoesInTheMiddleConsumesNothing() throws Exception {
		add("hello");
		Site.Gate gate = application.get(Site.Gate.class);
		gate.open.release();
		try (Socket socket = slowReader()) {
			assertThat(beginning(socket)).contains("hello");
			gate.awaitVisitor();
		}
		assertThatTheyWait("hello");
	}

	/**
	 * When the lease has ended the message waits again; if nobody else takes it, the end
	 * of the page still counts.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void pageThatIsReadForLongerThanTheLeaseShowsOnceMoreAtMost(boolean another) throws Exception {
		assumeThat(isUser()).isTrue();
		add("hello");
		Site.Gate gate = application.get(Site.Gate.class);
		gate.open.release();
		try (Socket socket = slowReader()) {
			assertThat(beginning(socket)).contains("hello");
			gate.awaitVisitor();
			assertThat(next()).isEmpty();
			application.jdbc()
				.sql("update actionlog_flash set claimed_until = claimed_until - interval '1' hour")
				.update();
			if (another) {
				assertThat(next()).containsExactly("hello");
			}
			socket.getInputStream().readAllBytes();
		}
		application.get(Site.GatedRequests.class).awaitEnd();
		assertThat(next()).isEmpty();
	}

	private Socket slowReader() throws IOException {
		Socket socket = new Socket();
		// or all of the page would fit into the buffers in between
		socket.setReceiveBufferSize(8192);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Site.port(application)));
		socket.setSoTimeout(60_000);
		socket.getOutputStream().write(request("/gated?filler=8000000").getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private static String beginning(Socket socket) throws IOException {
		return new String(socket.getInputStream().readNBytes(2000), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/empty/204", "/empty/205", "/htmx" })
	void responseThatShowsNothingConsumesNothing(String path) throws Exception {
		add("hello");
		this.browser.get(path);
		assertThatTheyWait("hello");
	}

	@Test
	void turboStreamShowsOnce() throws Exception {
		add("hello");
		assertThat(this.browser.get("/turbo").messages()).containsExactly("hello");
		assertThat(next()).isEmpty();
	}

	@Test
	void prefetchedPageShowsNothingSoThatActivatingItShowsNothingTwice() throws Exception {
		add("hello");
		assertThat(this.browser.get("/page", "Sec-Purpose", "prefetch;prerender").messages()).isEmpty();
		assertThat(next()).containsExactly("hello");
		assertThat(next()).isEmpty();
	}

	@Test
	void pageAfterHandlerThatReadEndedTheSessionAndRedirectedShows() throws Exception {
		add("hello");
		Answer redirect = this.browser.get("/leave");
		assertThat(redirect.status()).isEqualTo(302);
		assertThat(this.browser.follow(redirect).messages()).containsExactly("hello");
		assertThat(next()).isEmpty();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void failedAcknowledgementIsTriedAgainAndFailsNoPage(CapturedOutput output) throws Exception {
		assumeThat(isUser()).as("A session needs no acknowledgement").isTrue();
		add("hello");
		application.get(SqlLog.class).fail(this.reader.database().isPostgresql() ? "with gone as" : "delete");
		assertThat(next()).containsExactly("hello");
		assertThat(output).contains("Flash messages could not be marked as shown; trying again");
		application.get(SqlLog.class).clear();
		Together.eventually(() -> rows() == 0);
		assertThat(next()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/page", "/broken?told" })
	void pageWhoseFirstReadFailsShowsNoneThoughLaterReadsWouldNotFail(String path) throws Exception {
		assumeThat(isUser()).as("A session does not fail").isTrue();
		add("hello");
		SqlLog sql = application.get(SqlLog.class);
		sql.failOnce(this.reader.database().isPostgresql() ? "with claimed as" : "update actionlog_flash");
		Answer page = this.browser.get(path);
		assertThat(page.messages()).isEmpty();
		if (page.status() == 200) {
			assertThat(page.text()).contains("data-messages=\"0\"");
		}
		// neither another place in the page nor the error page has asked again
		assertThat(sql.statements().stream().filter((statement) -> statement.contains("skip locked"))).hasSize(1);
		assertThat(next()).containsExactly("hello");
		assertThat(next()).isEmpty();
	}

	private String request(String path) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n" + "Cookie: "
				+ this.browser.cookieHeader() + "\r\n" + (isUser() ? "X-User: ann\r\n" : "") + "\r\n";
	}

	private boolean isUser() {
		return !this.reader.user().isEmpty();
	}

	private void add(String... texts) throws Exception {
		for (String text : texts) {
			assertThat(this.browser.postWithoutToken("/add", "text", text).status()).isEqualTo(303);
		}
	}

	private List<String> next() throws Exception {
		Answer page = this.browser.get("/page");
		assertThat(page.status()).isEqualTo(200);
		return page.messages();
	}

	/**
	 * A response can be complete for its reader before the server has given the messages
	 * back.
	 */
	private void assertThatTheyWait(String... texts) throws Exception {
		application.get(Site.GatedRequests.class).awaitEnd();
		Together.eventually(() -> next().equals(List.of(texts)));
		assertThat(next()).isEmpty();
	}

	private int rows() {
		return application.jdbc().sql("select count(*) from actionlog_flash").query(Integer.class).single();
	}

	record Reader(Database database, String user, List<String> settings) {

		Reader(Database database, String user) {
			this(database, user, List.of());
		}

	}

}

package dev.actionlog.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import dev.actionlog.app.LongInput.Place;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Endpoint;
import dev.actionlog.testing.Extent;
import dev.actionlog.testing.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what long values cost, in all parameters of all endpoints. The cost is the
 * CPU time of the server's threads, in units of the same request with a short value, so
 * that neither the machine matters, nor what else it does. That takes long, so only where
 * everything is tested.
 */
@EnabledIfSystemProperty(named = Extent.ALL, matches = "true")
class InputCostIT {

	private static final int KILOBYTE = 1024;

	private static final int MEGABYTE = KILOBYTE * KILOBYTE;

	/**
	 * Values by their size, as they are in a form, with one byte a character. A pattern
	 * that does not match the sign at the end may try again from each place. The
	 * combining marks are not in the order in which normalizing puts them.
	 */
	private static final Map<String, IntFunction<String>> VALUES = Map.of("digits", "1"::repeat, "digits and a sign",
			(size) -> "1".repeat(size - 1) + "!", "letters and a sign", (size) -> "a".repeat(size - 1) + "!",
			"combining marks", (size) -> "\u00cc\u0081".repeat(size / 4) + "\u00cc\u0096".repeat(size / 4),
			"percent signs", (size) -> "%25".repeat(size / 3), "line breaks",
			(size) -> "a" + "\r\n".repeat(size / 2 - 1) + "a");

	/** How often a request is sent that seems to cost too much, on a busy machine. */
	private static final int TRIES = 10;

	private final App app = App.on(Database.H2);

	private final RawHttp connection = new RawHttp(this.app.port());

	private double most;

	@AfterEach
	void close() throws IOException {
		this.connection.close();
	}

	@Test
	void noRequestCostsMoreThanItsSize() {
		sweep(Place::otherSizes, Map.of("digits", "1"::repeat));
		// what grows until it is large enough has done so
		long heap = heap();
		sweep(Place::sizes, VALUES);
		System.out.printf("Most: %.1f times a plain request%n", this.most);
		assertThat(heap()).as("Bytes on the heap").isLessThanOrEqualTo(heap + 30 * MEGABYTE);
	}

	@Test
	void nothingThatAnAdministratorTypesDoesEither() {
		Browser admin = this.app.admin();
		Visitor visitor = new Visitor("/admin/messages", () -> admin);
		long page = plain(new LongInput(new Endpoint("GET", visitor.page, List.of()), Place.QUERY, "x"), visitor);
		for (Endpoint endpoint : this.app.endpoints()) {
			if (endpoint.path().startsWith("/admin/")) {
				sweep(endpoint, visitor, page, Place::otherSizes, Map.of("digits", "1"::repeat));
				sweep(endpoint, visitor, page, Place::sizes, VALUES);
			}
		}
	}

	private void sweep(Function<Place, List<Integer>> sizes, Map<String, IntFunction<String>> values) {
		for (Visitor visitor : List.of(new Visitor("/login", this.app::browser),
				new Visitor("/profile", () -> this.app.signUp(App.newName())))) {
			long page = plain(new LongInput(new Endpoint("GET", visitor.page, List.of()), Place.QUERY, "x"), visitor);
			for (Endpoint endpoint : this.app.endpoints()) {
				sweep(endpoint, visitor, page, sizes, values);
			}
		}
	}

	private void sweep(Endpoint endpoint, Visitor visitor, long page, Function<Place, List<Integer>> sizes,
			Map<String, IntFunction<String>> values) {
		for (LongInput input : LongInput.of(endpoint)) {
			// a value that is refused gets a page where others are redirected
			long plain = Math.max(page, plain(input, visitor));
			values.forEach((name, value) -> sizes.apply(input.place())
				.forEach((size) -> check(input, visitor, plain, name, value.apply(size * KILOBYTE))));
		}
	}

	private long plain(LongInput input, Visitor visitor) {
		// in the path 1 could be the user's own session, which would end
		return LongStream.generate(() -> cost(input, visitor, "-1")).limit(2).min().getAsLong();
	}

	/**
	 * Checks that a request costs at most five plain ones, and one more for each 16 KB: a
	 * second for 2 MB, where a page takes 8 ms.
	 */
	private void check(LongInput input, Visitor visitor, long plain, String name, String value) {
		long limit = plain * (5 + value.length() / (16 * KILOBYTE));
		long cost = cost(input, visitor, value);
		for (int i = 1; i < TRIES && cost > limit; i++) {
			cost = Math.min(cost, cost(input, visitor, value));
		}
		this.most = Math.max(this.most, (double) cost / plain);
		assertThat(cost)
			.as("Nanoseconds for %d bytes of %s in %s, with the cookies of %s, where %d is plain", value.length(), name,
					input, visitor.page, plain)
			.isPositive()
			.isLessThanOrEqualTo(limit);
	}

	/**
	 * Sends a request and returns its CPU time.
	 */
	private long cost(LongInput input, Visitor visitor, String value) {
		byte[] request = input.request(value, visitor.browser);
		// no attempt is too early to be looked at
		this.app.jdbc().sql("delete from throttle").update();
		this.app.sql().clear();
		Map<Long, Long> before = cpuTimes();
		Answer answer;
		try {
			answer = this.connection.send(request, false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(input + " is not answered", ex);
		}
		long cost = cpuTimes().entrySet()
			.stream()
			// one that has just ended has no time
			.mapToLong((time) -> Math.max(0, time.getValue() - before.getOrDefault(time.getKey(), 0L)))
			.sum();
		assertThat(answer.status()).as("%s", input).isLessThan(500);
		visitor.answered(input, answer);
		return cost;
	}

	/**
	 * The CPU times of the server's threads, some of which may end before the next look.
	 */
	private static Map<Long, Long> cpuTimes() {
		Map<Long, Long> times = new HashMap<>();
		Thread[] threads = new Thread[2 * Thread.activeCount()];
		for (int i = Thread.enumerate(threads) - 1; i >= 0; i--) {
			if (threads[i].getName().startsWith("http-nio")) {
				long id = threads[i].getId();
				times.put(id, ManagementFactory.getThreadMXBean().getThreadCpuTime(id));
			}
		}
		return times;
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * A visitor, with a page that is shown to no other.
	 */
	private static final class Visitor {

		private final String page;

		private final Supplier<Browser> browsers;

		private Browser browser;

		Visitor(String page, Supplier<Browser> browsers) {
			this.page = page;
			this.browsers = browsers;
			this.browser = browsers.get();
		}

		/**
		 * Stays signed in, as somebody else where the answer has another session: the
		 * user may be signed out, or deleted.
		 */
		void answered(LongInput input, Answer answer) {
			if (this.page.equals("/login")) {
				return;
			}
			if (answer.status() == 302) {
				assertThat(answer.location()).as("%s", input).doesNotStartWith("/login");
			}
			if (answer.headers().allValues("Set-Cookie").stream().anyMatch((cookie) -> cookie.startsWith("SESSION="))) {
				this.browser = this.browsers.get();
			}
		}

	}

}

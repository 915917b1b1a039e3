package dev.actionlog.flash.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the parallel requests of an anonymous visitor whose session is in the
 * database, which each request loads and saves for itself.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
@NullUnmarked
class ParallelVisitorIT {

	private static final int THREADS = 8;

	private static final int EACH = 10;

	private static TestApplication application;

	@Parameter
	Database database;

	private Browser visitor;

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		application = Site.start(database.create(), TestApplication.SESSIONS_IN_DATABASE.toArray(String[]::new));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@BeforeEach
	void openSession() {
		this.visitor = Site.browser(application, "");
		this.visitor.postWithoutToken("/add", "text", "first");
		assertThat(this.visitor.get("/page").messages()).containsExactly("first");
	}

	@Test
	void parallelRequestsKeepEachOthersMessages() throws Exception {
		Together.run(THREADS, (thread) -> add(thread));
		assertThat(this.visitor.get("/page").messages()).containsExactlyInAnyOrderElementsOf(added());
		assertThat(this.visitor.get("/page").messages()).isEmpty();
	}

	@Test
	void readingMeanwhileLosesNone() throws Exception {
		Queue<String> shown = new ConcurrentLinkedQueue<>();
		Together.run(THREADS + 2, (thread) -> {
			if (thread < THREADS) {
				add(thread);
			}
			else {
				for (int i = 0; i < 2 * EACH; i++) {
					Answer page = another().get("/page");
					assertThat(page.status()).isEqualTo(200);
					shown.addAll(page.messages());
				}
			}
		});
		shown.addAll(this.visitor.get("/page").messages());
		assertThat(shown).containsAll(added());
		assertThat(this.visitor.get("/page").messages()).isEmpty();
	}

	@Test
	void refusedPagesMeanwhileLoseNone() throws Exception {
		Together.run(THREADS + 2, (thread) -> {
			if (thread < THREADS) {
				add(thread);
			}
			else {
				for (int i = 0; i < EACH; i++) {
					// puts back what another may have taken, too
					assertThat(another().get("/refused").status()).isEqualTo(409);
				}
			}
		});
		assertThat(this.visitor.get("/page").messages()).containsExactlyInAnyOrderElementsOf(added());
	}

	private void add(int thread) {
		for (int i = 0; i < EACH; i++) {
			Answer answer = another().postWithoutToken("/add", "text", thread + "-" + i);
			assertThat(answer.status()).isEqualTo(303);
		}
	}

	private static List<String> added() {
		List<String> added = new ArrayList<>();
		IntStream.range(0, THREADS)
			.forEach((thread) -> IntStream.range(0, EACH).forEach((i) -> added.add(thread + "-" + i)));
		return added;
	}

	/**
	 * Another tab of the same visitor.
	 */
	private Browser another() {
		return Site.browser(application, "").with("Cookie", this.visitor.cookieHeader());
	}

}

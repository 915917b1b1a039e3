package dev.actionlog.flash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.SetClock;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.text.Text;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FlashMessages}: the same cases for every place where messages wait.
 */
@ParameterizedClass
@EnumSource
@NullUnmarked
class FlashMessagesTests {

	private static final SetClock clock = StoppedClock.create();

	private static TestApplication application;

	@Parameter
	Storage storage;

	private final FlashMessages flash = application.get(FlashMessages.class);

	private final SqlLog sql = application.get(SqlLog.class);

	private Visitor browser;

	@BeforeParameterizedClassInvocation
	static void start(Storage storage) {
		application = WebTestApplication.start(storage.database.create(), clock, "actionlog.flash.tags.29=custom");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@BeforeEach
	void begin() {
		application.jdbc().sql("delete from actionlog_profile").update();
		this.sql.clear();
		clock.reset();
		this.browser = new Visitor(this.storage.username);
	}

	@Test
	void addedMessagesWait() {
		this.browser.post(() -> {
			assertThat(this.flash.info("1")).isTrue();
			assertThat(this.flash.add(FlashDraft.of(FlashLevel.INFO, "2").tags("tag"))).isTrue();
			assertThat(this.flash.size()).isEqualTo(2);
		});
		assertThat(waiting()).containsExactly("1", "2");
	}

	@Test
	void requestThatDoesNotAskCostsNothing() {
		this.browser.page(() -> {
		});
		assertThat(this.sql.statements()).isEmpty();
		assertThat(this.browser.session()).isNull();
	}

	@Test
	void readingWhereNothingWaitsWritesNothing() {
		assertThat(shown()).isEmpty();
		this.browser.page(() -> assertThat(this.flash.isEmpty()).isTrue());
		assertThat(this.sql.statements()).hasSize((this.storage.username != null) ? 2 : 0)
			.noneMatch((statement) -> statement.startsWith("insert"));
		assertThat(this.browser.session()).isNull();
	}

	@Test
	void membersThatAskConsumeNothing() {
		this.browser.post(() -> this.flash.info("x"));
		this.browser.page(() -> {
			assertThat(this.flash.size()).isOne();
			assertThat(this.flash.isEmpty()).isFalse();
			assertThat(this.flash.contains(FlashLevel.INFO)).isTrue();
			assertThat(this.flash.peek()).hasSize(1);
		});
		assertThat(waiting()).containsExactly("x");
	}

	/**
	 * As Kotlin's any(), none() and count() do with an Iterable.
	 */
	@Test
	void askingTheIteratorConsumes() {
		List<Consumer<Iterable<?>>> questions = List.of(
				(messages) -> assertThat(messages.iterator().hasNext()).isTrue(),
				(messages) -> assertThat(StreamSupport.stream(messages.spliterator(), false)).hasSize(1));
		for (Consumer<Iterable<?>> question : questions) {
			this.browser.post(() -> this.flash.info("x"));
			this.browser.page(() -> question.accept(this.flash));
			assertThat(waiting()).isEmpty();
		}
	}

	@Test
	void keepsInfoAndAboveByDefault() {
		this.browser.post(() -> assertThat(addAll()).containsExactly(true, true, false, true, true, true));
		assertThat(shown()).containsExactly("info", "29", "warning", "error", "success");
	}

	@Test
	void keepsWhatIsAtOrAboveTheThreshold() {
		this.browser.post(() -> {
			this.flash.setLevel(new FlashLevel(5));
			addAll();
		});
		assertThat(shown()).containsExactly("info", "29", "debug", "warning", "error", "success");
		this.browser.post(() -> {
			this.flash.setLevel(new FlashLevel(30));
			addAll();
		});
		assertThat(shown()).containsExactly("warning", "error");
	}

	@Test
	void thresholdHoldsForWhatIsAddedLaterInItsRequest() {
		this.browser.post(() -> {
			this.flash.success("before");
			this.flash.setLevel(FlashLevel.WARNING);
			this.flash.success("after");
		});
		this.browser.post(() -> this.flash.success("next"));
		assertThat(shown()).containsExactly("before", "next");
	}

	@Test
	void thresholdGoesBackToTheConfiguredOne() {
		this.browser.post(() -> {
			this.flash.setLevel(null);
			assertThat(this.flash.debug("1")).isFalse();
			this.flash.setLevel(FlashLevel.ERROR);
			this.flash.setLevel(null);
			assertThat(this.flash.info("2")).isTrue();
			assertThat(this.flash.debug("3")).isFalse();
		});
		assertThat(shown()).containsExactly("2");
	}

	@Test
	void whatIsBelowTheThresholdCostsNothing() {
		this.browser.post(() -> assertThat(this.flash.debug("x")).isFalse());
		assertThat(this.sql.statements()).isEmpty();
		assertThat(this.browser.session()).isNull();
	}

	@Test
	void rejectsBlankText() {
		this.browser.post(() -> {
			assertThatIllegalArgumentException().isThrownBy(() -> this.flash.info(" "));
			assertThatIllegalArgumentException().isThrownBy(() -> this.flash.debug("\0"));
			assertThatIllegalArgumentException().isThrownBy(() -> this.flash.info("x", 1, 2, 3, 4, 5, 6, 7, 8, 9));
		});
		assertThat(this.sql.statements()).isEmpty();
		assertThat(waiting()).isEmpty();
	}

	@Test
	void eachVerbHasItsLevel() {
		this.browser.post(() -> {
			this.flash.setLevel(FlashLevel.DEBUG);
			this.flash.debug("x {0}", 1);
			this.flash.info("x {0}", 1);
			this.flash.success("x {0}", 1);
			this.flash.warning("x {0}", 1);
			this.flash.error("x {0}", 1);
			this.flash.add(FlashLevel.INFO, Text.of("x {0}", 1));
		});
		assertThat(messages()).allSatisfy((message) -> assertThat(message.text()).isEqualTo(Text.of("x {0}", 1)))
			.extracting(FlashMessage::level)
			.containsExactly(FlashLevel.DEBUG, FlashLevel.INFO, FlashLevel.SUCCESS, FlashLevel.WARNING,
					FlashLevel.ERROR, FlashLevel.INFO);
	}

	@Test
	void showsTheSameMessageAsOftenAsItWasAdded() {
		add("x", "x", "y", "x");
		assertThat(shown()).containsExactly("x", "x", "y", "x");
	}

	@Test
	void cutsTextThatIsTooLong() {
		add("x".repeat(5000), "💩".repeat(1000));
		assertThat(shown()).containsExactly("x".repeat(999) + "…", "💩".repeat(499) + "…");
	}

	@Test
	void keepsTheHighestLevelsThenTheNewest() {
		double dropped = count("dropped");
		// one transaction, because hundreds of them take their time
		application.transaction()
			.executeWithoutResult((status) -> this.browser.post(() -> IntStream.range(0, 300)
				.forEach((i) -> this.flash.add((i % 20 == 0) ? FlashLevel.ERROR : FlashLevel.INFO, "" + i))));
		List<String> kept = IntStream.range(0, 300)
			.filter((i) -> i % 20 == 0 || i >= 211)
			.mapToObj(String::valueOf)
			.toList();
		assertThat(kept).hasSize(100);
		assertThat(shown()).isEqualTo(kept);
		assertThat(count("dropped") - dropped).isEqualTo(200);
	}

	@Test
	void givesBackWhatItWasGiven() {
		List<String> texts = List.of("é", "日本", "💩👩‍👩‍👧", "שלום \u202Eעולם", "e\u0301", "a'b\"c\\d{}%_$",
				"  x\t\n ");
		add(texts.toArray(String[]::new));
		assertThat(shown()).isEqualTo(texts);
		add("a\0b\0");
		assertThat(shown()).containsExactly("ab");
	}

	@Test
	void remembersCodeArgumentsLinkAndTime() {
		Text text = Text.of("photo.changed", "cat\0", 7, 2.50, "3", null).link("/photos/7");
		this.browser.post(() -> this.flash.add(FlashLevel.INFO, text));
		assertThat(messages()).singleElement().satisfies((message) -> {
			assertThat(message.text()).isEqualTo(text);
			assertThat(message.link()).isEqualTo("/photos/7");
			assertThat(message.sentAt()).isEqualTo(StoppedClock.START);
		});
	}

	@Test
	void pageThatReadsShowsThemOnce() {
		add("1", "2");
		assertThat(shown()).containsExactly("1", "2");
		assertThat(shown()).isEmpty();
		assertThat(stored()).isZero();
	}

	@Test
	void askingConsumesNothing() {
		add("1", "2");
		this.browser.page(() -> {
			assertThat(this.flash.size()).isEqualTo(2);
			assertThat(this.flash.isEmpty()).isFalse();
			assertThat(this.flash.contains(FlashLevel.INFO)).isTrue();
			assertThat(this.flash.contains(FlashLevel.ERROR)).isFalse();
		});
		assertThat(shown()).containsExactly("1", "2");
	}

	@Test
	void peekingConsumesNothing() {
		add("1", "2");
		assertThat(waiting()).containsExactly("1", "2");
		assertThat(waiting()).containsExactly("1", "2");
		assertThat(shown()).containsExactly("1", "2");
	}

	@Test
	void oneRequestReadsTheSameEachTime() {
		add("1", "2");
		this.browser.page(() -> {
			assertThat(texts(this.flash)).containsExactly("1", "2");
			assertThat(texts(this.flash)).containsExactly("1", "2");
			assertThat(this.flash.take()).hasSize(2);
			assertThat(this.flash.size()).isEqualTo(2);
			assertThat(this.flash.contains(FlashLevel.INFO)).isTrue();
			assertThat(this.flash.peek()).isEmpty();
		});
		assertThat(shown()).isEmpty();
	}

	@Test
	void keptMessagesAreShownAgain() {
		add("1", "2");
		this.browser.page(() -> {
			assertThat(texts(this.flash)).containsExactly("1", "2");
			this.flash.keep();
		});
		assertThat(shown()).containsExactly("1", "2");
		assertThat(shown()).isEmpty();
	}

	@Test
	void someMessagesAreKept() {
		this.browser.post(this::addAll);
		this.browser.page(() -> {
			this.flash.keep((message) -> message.level().compareTo(FlashLevel.ERROR) >= 0);
			this.flash.keep((message) -> message.level().equals(FlashLevel.SUCCESS));
			assertThat(texts(this.flash)).hasSize(5);
		});
		assertThat(shown()).containsExactly("error", "success");
		assertThat(shown()).isEmpty();
	}

	@Test
	void keptMessagesStayBeforeLaterOnes() {
		add("1", "2");
		this.browser.page(() -> {
			texts(this.flash);
			this.flash.keep();
			this.flash.info("3");
		});
		assertThat(shown()).containsExactly("1", "2", "3");
	}

	@Test
	void whatIsAddedAfterReadingWaitsForTheNextPage() {
		add("1", "2");
		this.browser.page(() -> {
			assertThat(texts(this.flash)).containsExactly("1", "2");
			this.flash.info("3");
			assertThat(texts(this.flash)).containsExactly("1", "2");
			assertThat(this.flash.size()).isEqualTo(2);
		});
		assertThat(shown()).containsExactly("3");
	}

	@Test
	void whatIsAddedBeforeReadingIsShownInTheSameResponse() {
		add("1");
		this.browser.page(() -> {
			this.flash.info("2");
			assertThat(texts(this.flash)).containsExactly("1", "2");
		});
		assertThat(shown()).isEmpty();
	}

	@Test
	void severalPostsAreShownInTheOrderOfAdding() {
		add("3");
		clock.advance(Duration.ofHours(-1));
		add("2", "1");
		add("4");
		assertThat(shown()).containsExactly("3", "2", "1", "4");
	}

	@Test
	void clearedMessagesAreNeverShown() {
		add("1", "2");
		this.browser.page(() -> {
			this.flash.clear();
			assertThat(this.flash.size()).isZero();
			assertThat(texts(this.flash)).isEmpty();
		});
		assertThat(shown()).isEmpty();
		assertThat(stored()).isZero();
	}

	@Test
	void messagesClearedAfterReadingAreGone() {
		add("1", "2");
		this.browser.request(new MockHttpServletRequest(), 500, "application/json", () -> {
			texts(this.flash);
			this.flash.clear();
			assertThat(texts(this.flash)).isEmpty();
			this.flash.info("3");
		});
		assertThat(shown()).containsExactly("3");
	}

	@Test
	void handsOutListsThatCannotBeModified() {
		add("1");
		this.browser.page(() -> {
			assertUnmodifiable(this.flash.peek());
			assertUnmodifiable(this.flash.take());
			Iterator<FlashMessage> messages = this.flash.iterator();
			messages.next();
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(messages::remove);
		});
	}

	@Test
	void messagesOutliveTheRequest() {
		this.browser
			.post(() -> this.flash.add(FlashDraft.of(FlashLevel.INFO, Text.of("x", "y").link("/z")).tags("tag")));
		FlashMessage message = messages().get(0);
		assertThat(message).isEqualTo(new FlashMessage(FlashLevel.INFO, "info", Text.of("x", "y").link("/z"), "tag",
				StoppedClock.START, StoppedClock.START.plus(Duration.ofDays(30))));
		assertThat(message.tags()).isEqualTo("tag info");
		assertThat(message.text().getArgs()).containsExactly("y");
	}

	@Test
	void remembersTagsAndLevels() {
		this.browser.post(() -> {
			this.flash.setLevel(new FlashLevel(Integer.MIN_VALUE));
			this.flash.add(FlashDraft.of(FlashLevel.DEBUG, "x").tags("extra-tag"));
			this.flash.add(new FlashLevel(29), "x");
			this.flash.add(FlashDraft.of(new FlashLevel(-5), "x").tags("a", "b"));
			this.flash.add(new FlashLevel(Integer.MAX_VALUE), "x");
		});
		assertThat(messages()).extracting(FlashMessage::tags).containsExactly("extra-tag debug", "custom", "a b", "");
	}

	@Test
	void redirectShowsNothing() {
		add("1");
		this.browser.request(new MockHttpServletRequest(), 302, Visitor.HTML, () -> texts(this.flash));
		assertThat(shown()).containsExactly("1");
	}

	@Test
	void onlyFinishedHtmlPageShows() {
		add("1");
		for (@Nullable
		String type : new String[] { null, "application/json", "text/plain", "application/pdf" }) {
			this.browser.request(new MockHttpServletRequest(), 200, type, () -> texts(this.flash));
		}
		assertThatIllegalStateException().isThrownBy(() -> this.browser.page(() -> {
			texts(this.flash);
			throw new IllegalStateException("the template fails");
		}));
		assertThat(shown()).containsExactly("1");
	}

	@Test
	void takenMessagesGoWithTheSuccessOfTheirResponse() {
		add("1", "2");
		this.browser.request(new MockHttpServletRequest(), 500, "application/json",
				() -> assertThat(this.flash.take()).hasSize(2));
		this.browser.request(new MockHttpServletRequest(), 303, null, () -> assertThat(this.flash.take()).hasSize(2));
		this.browser.request(new MockHttpServletRequest(), 200, "application/json",
				() -> assertThat(this.flash.take()).hasSize(2));
		assertThat(shown()).isEmpty();
	}

	@Test
	void headAndPrefetchAreShownNothing() {
		add("1");
		this.browser.request(new MockHttpServletRequest("HEAD", "/"), 200, Visitor.HTML,
				this::assertThatNothingIsShown);
		for (String header : List.of("Sec-Purpose", "Purpose", "X-Moz")) {
			MockHttpServletRequest prefetch = new MockHttpServletRequest("GET", "/");
			prefetch.addHeader(header, "Prefetch;prerender");
			this.browser.request(prefetch, 200, Visitor.HTML, this::assertThatNothingIsShown);
		}
		assertThat(shown()).containsExactly("1");
	}

	@Test
	void laterMessageOfVisitorWithTheKeyReplacesTheOneThatWaits() {
		Visitor visitor = new Visitor();
		visitor.post(() -> {
			this.flash.add(FlashDraft.of(FlashLevel.INFO, "running").key("export"));
			this.flash.info("other");
			this.flash.add(FlashDraft.of(FlashLevel.SUCCESS, "ready").key("export").action("/export", "Again"));
		});
		List<FlashMessage> shown = new ArrayList<>();
		visitor.page(() -> shown.addAll(this.flash.list()));
		assertThat(shown).extracting((message) -> message.text().getMessage()).containsExactly("other", "ready");
		assertThat(shown.get(1).action()).isEqualTo(Text.of("Again").link("/export"));
		visitor.page(() -> assertThat(this.flash.recentMessages()).isEmpty());
	}

	private void assertThatNothingIsShown() {
		assertThat(texts(this.flash)).isEmpty();
		assertThat(this.flash.take()).isEmpty();
		assertThat(this.flash.size()).isZero();
		assertThat(this.flash.peek()).hasSize(1);
	}

	@Test
	void errorPageInPlaceOfPictureConsumesNothing() {
		add("1");
		MockHttpServletRequest picture = new MockHttpServletRequest("GET", "/favicon.ico");
		picture.addHeader("Sec-Fetch-Dest", "image");
		this.browser.request(picture, 404, Visitor.HTML, this::assertThatNothingIsShown);
		MockHttpServletRequest document = new MockHttpServletRequest("GET", "/");
		document.addHeader("Sec-Fetch-Dest", "document");
		this.browser.request(document, 200, Visitor.HTML, () -> assertThat(texts(this.flash)).containsExactly("1"));
		assertThat(shown()).isEmpty();
	}

	@Test
	void onlyPageWithMessagesIsNotCached() {
		add("1");
		Supplier<MockHttpServletResponse> page = () -> this.browser.request(new MockHttpServletRequest(), 200,
				Visitor.HTML, () -> texts(this.flash));
		assertThat(page.get().getHeader("Cache-Control")).isEqualTo("no-store");
		assertThat(page.get().getHeader("Cache-Control")).isNull();
	}

	@Test
	void threadWithoutRequestIsTheCallersMistake() {
		for (Runnable call : List.<Runnable>of(() -> this.flash.info("x"), () -> this.flash.forEach((message) -> {
		}), this.flash::take, this.flash::peek, this.flash::size, this.flash::clear, this.flash::keep,
				() -> this.flash.setLevel(FlashLevel.INFO))) {
			assertThatIllegalStateException().isThrownBy(call::run).withMessageContaining("FlashSender");
		}
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void expiredMessagesAreNeverShown() {
		this.browser.post(() -> {
			this.flash.add(FlashDraft.of(FlashLevel.INFO, "hour").expiresIn(Duration.ofHours(1)));
			this.flash.info("default");
			this.flash.add(FlashDraft.of(FlashLevel.INFO, "year").expiresIn(Duration.ofDays(365)));
		});
		clock.advance(Duration.ofHours(1).minusNanos(1000));
		assertThat(waiting()).containsExactly("hour", "default", "year");
		clock.advance(Duration.ofNanos(1000));
		assertThat(waiting()).containsExactly("default", "year");
		this.browser.page(() -> assertThat(this.flash.size()).isEqualTo(2));
		clock.advance(Duration.ofDays(30));
		assertThat(shown()).containsExactly("year");
	}

	@Test
	void addingDropsWhatHasExpired() {
		double expired = count("expired");
		double dropped = count("dropped");
		this.browser.post(() -> IntStream.range(0, 100)
			.forEach((i) -> this.flash.add(FlashDraft.of(FlashLevel.ERROR, "old").expiresIn(Duration.ofHours(1)))));
		clock.advance(Duration.ofHours(1));
		add("new");
		assertThat(stored()).isOne();
		assertThat(shown()).containsExactly("new");
		assertThat(count("expired") - expired).isEqualTo(100);
		assertThat(count("dropped") - dropped).isZero();
	}

	@Test
	void countsWhatIsSentAndShown() {
		double sent = count("sent");
		double shown = count("shown");
		add("1", "2", "3");
		this.browser.post(() -> this.flash.debug("4"));
		assertThat(count("sent") - sent).isEqualTo(3);
		assertThat(count("shown") - shown).isZero();
		this.browser.page(() -> {
			texts(this.flash);
			this.flash.keep((message) -> message.text().getMessage().equals("1"));
		});
		assertThat(count("shown") - shown).isEqualTo(2);
	}

	private void add(String... texts) {
		this.browser.post(() -> Stream.of(texts).forEach(this.flash::info));
	}

	private List<Boolean> addAll() {
		List<Boolean> added = new ArrayList<>();
		for (FlashLevel level : List.of(FlashLevel.INFO, new FlashLevel(29), FlashLevel.DEBUG, FlashLevel.WARNING,
				FlashLevel.ERROR, FlashLevel.SUCCESS)) {
			added.add(this.flash.add(level, level.toString()));
		}
		return added;
	}

	private List<FlashMessage> messages() {
		List<FlashMessage> messages = new ArrayList<>();
		this.browser.page(() -> this.flash.forEach(messages::add));
		return messages;
	}

	private List<String> shown() {
		return texts(messages());
	}

	private List<String> waiting() {
		List<String> waiting = new ArrayList<>();
		this.browser.page(() -> waiting.addAll(texts(this.flash.peek())));
		return waiting;
	}

	private static List<String> texts(Iterable<FlashMessage> messages) {
		return StreamSupport.stream(messages.spliterator(), false)
			.map((message) -> message.text().getMessage())
			.toList();
	}

	/**
	 * How many messages are stored, shown or not.
	 */
	private int stored() {
		if (this.storage.username != null) {
			return application.jdbc().sql("select count(*) from actionlog_flash").query(Integer.class).single();
		}
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(this.browser.session());
		return new SessionFlashStorage(request, application.get(FlashPolicy.class)).peek().size();
	}

	private static double count(String what) {
		return application.get(MeterRegistry.class).counter("actionlog.flash." + what).count();
	}

	private static void assertUnmodifiable(List<FlashMessage> messages) {
		assertThat(messages).isNotEmpty();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> messages.remove(0));
	}

	/**
	 * Where messages wait.
	 */
	enum Storage {

		/** The session of somebody who is not signed in. */
		SESSION(Database.H2, null),

		/** Rows of a signed-in user, in H2. */
		H2(Database.H2, "ann"),

		/** Rows of a signed-in user, in PostgreSQL. */
		POSTGRESQL(Database.POSTGRESQL, "ann"),

		/** Rows of a signed-in user, in a partitioned PostgreSQL. */
		PARTITIONED_POSTGRESQL(Database.PARTITIONED_POSTGRESQL, "ann"),

		/** Rows of a signed-in user, in MariaDB. */
		MARIADB(Database.MARIADB, "ann");

		private final Database database;

		private final @Nullable String username;

		Storage(Database database, @Nullable String username) {
			this.database = database;
			this.username = username;
		}

	}

}

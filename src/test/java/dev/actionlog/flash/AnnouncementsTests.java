package dev.actionlog.flash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.actionlog.flash.Announcement.State;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.SetClock;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import dev.actionlog.text.Text;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link Announcements}, on all databases and with two nodes.
 */
@ParameterizedClass
@EnumSource(Database.class)
@NullUnmarked
class AnnouncementsTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final SetClock clock = StoppedClock.create();

	private static TestApplication application;

	private static TestApplication other;

	@Parameter
	Database database;

	private final Announcements announcements = application.get(Announcements.class);

	private final SqlLog sql = application.get(SqlLog.class);

	private final Visitor ann = new Visitor("ann");

	private final Visitor bob = new Visitor("bob");

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		Map<String, Object> settings = database.create();
		application = WebTestApplication.start(settings, clock);
		other = WebTestApplication.start(settings, clock, "actionlog.flash.max-pending=3");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
		other.close();
	}

	@BeforeEach
	void begin() {
		application.jdbc().sql("delete from actionlog_profile").update();
		application.jdbc().sql("delete from actionlog_announcement").update();
		this.sql.clear();
		clock.reset();
		LocaleContextHolder.setLocale(Locale.ENGLISH);
	}

	@AfterEach
	void forgetLanguage() {
		LocaleContextHolder.resetLocaleContext();
	}

	@Test
	void eachUserIsShownItOnce() {
		publish("news");
		assertThat(shown(this.ann)).containsExactly("news");
		assertThat(shown(this.ann)).isEmpty();
		assertThat(shown(other, this.ann)).isEmpty();
		assertThat(shown(other, this.bob)).containsExactly("news");
		assertThat(shown(this.bob)).isEmpty();
	}

	@Test
	void visitorIsShownNoneBeforeSigningIn() {
		publish("news");
		Visitor visitor = new Visitor();
		assertThat(shown(visitor)).isEmpty();
		visitor.signIn("ann");
		assertThat(shown(visitor)).containsExactly("news");
	}

	@Test
	void messagesThatWaitComeFirst() {
		publish("news");
		sender().send("ann", FlashLevel.INFO, "1");
		assertThat(shown(this.ann)).containsExactly("1", "news");
	}

	@Test
	void noneIsSkippedWhateverTheOrderInWhichTheyBegin() {
		publish(draft("third").from(in(HOUR.multipliedBy(2))));
		publish(draft("second").from(in(HOUR)));
		publish("first");
		assertThat(shown(this.ann)).containsExactly("first");
		clock.advance(HOUR.multipliedBy(3));
		publish("last");
		assertThat(shown(this.ann)).containsExactly("second", "third", "last");
		assertThat(shown(this.bob)).containsExactly("first", "second", "third", "last");
	}

	@Test
	void oneThatIsCommittedLaterIsNotSkipped() {
		application.transaction().executeWithoutResult((status) -> {
			publish("slow");
			clock.advance(HOUR);
			// in another thread, because this one has the transaction
			assertThat(CompletableFuture.supplyAsync(() -> {
				other.get(Announcements.class).publish(draft("fast"));
				return shown(other, this.ann);
			}).join()).containsExactly("fast");
		});
		assertThat(shown(this.ann)).containsExactly("slow");
	}

	@Test
	void oneThatIsRolledBackReachesNobody() {
		application.transaction().executeWithoutResult((status) -> {
			publish("never");
			status.setRollbackOnly();
		});
		assertThat(shown(this.ann)).isEmpty();
		assertThat(this.announcements.list(1)).isEmpty();
	}

	@Test
	void itEnds() {
		publish(draft("short").until(in(HOUR)));
		publish(AnnouncementDraft.of(FlashDraft.of(FlashLevel.INFO, "long").expiresIn(HOUR.multipliedBy(2))));
		publish("default");
		assertThat(shown(this.ann)).containsExactlyInAnyOrder("short", "long", "default");
		clock.advance(HOUR);
		assertThat(shown(this.bob)).containsExactlyInAnyOrder("long", "default");
		clock.advance(Duration.ofDays(30));
		assertThat(shown(new Visitor("cleo"))).isEmpty();
		assertThat(this.announcements.list(10)).extracting(Announcement::state).containsOnly(State.ENDED);
	}

	@Test
	void whatWasWithdrawnReachesNobody() {
		Announcement news = publish("news");
		assertThat(shown(this.ann)).containsExactly("news");
		assertThat(other.get(Announcements.class).withdraw(news.id())).isTrue();
		assertThat(shown(this.bob)).isEmpty();
		assertThat(this.announcements.withdraw(news.id())).isFalse();
		assertThat(this.announcements.find(news.id()).orElseThrow()).satisfies((it) -> {
			assertThat(it.state()).isEqualTo(State.WITHDRAWN);
			assertThat(it.withdrawnAt()).isEqualTo(StoppedClock.START);
			assertThat(it.seen()).isOne();
		});
	}

	@Test
	void whatEndedOrIsNotThereCannotBeWithdrawn() {
		Announcement news = publish(draft("news").until(in(HOUR)));
		clock.advance(HOUR);
		assertThat(this.announcements.withdraw(news.id())).isFalse();
		assertThat(this.announcements.withdraw("x")).isFalse();
	}

	@Test
	void copyThatWaitsIsWithdrawnToo() {
		Announcement news = publish("news");
		FlashClaim held = claim("ann");
		this.announcements.withdraw(news.id());
		assertThat(held.messages()).hasSize(1);
		held.release();
		assertThat(sender().peek("ann")).isEmpty();
		assertThat(shown(this.ann)).isEmpty();
	}

	@Test
	void pageThatFailsGivesItsCopyBack() {
		Announcement news = publish("news");
		FlashClaim held = claim("ann");
		assertThat(shown(other, this.ann)).isEmpty();
		held.release();
		assertThat(seen(news)).isZero();
		assertThat(shown(other, this.ann)).containsExactly("news");
		assertThat(seen(news)).isOne();
	}

	@Test
	void copyIsMadeInTheTransactionOfTheClaim() {
		publish("news");
		sender().send("ann", FlashLevel.INFO, "1");
		application.transaction().executeWithoutResult((status) -> {
			assertThat(claim("ann").messages()).hasSize(2);
			status.setRollbackOnly();
		});
		assertThat(shown(this.ann)).containsExactly("1", "news");
	}

	@Test
	void claimThatCannotMakeTheCopyHoldsNothing() {
		publish("news");
		sender().send("ann", FlashLevel.INFO, "1");
		this.sql.fail("update actionlog_recipient");
		assertThatException().isThrownBy(() -> claim("ann"));
		this.sql.clear();
		assertThat(shown(this.ann)).containsExactly("1", "news");
	}

	@Test
	void askingConsumesNothingAndCountsIt() {
		publish("news");
		sender().send("ann", FlashLevel.INFO, "1");
		this.ann.page(() -> assertThat(flash().size()).isEqualTo(2));
		assertThat(sender().peek("ann")).extracting((message) -> message.text().getMessage())
			.containsExactly("1", "news");
		assertThat(count("actionlog_recipient")).isZero();
		assertThat(shown(this.ann)).hasSize(2);
		assertThat(sender().peek("ann")).isEmpty();
	}

	@Test
	void keptCopyIsShownAgain() {
		Announcement news = publish("news");
		this.ann.page(() -> {
			flash().list();
			flash().keep();
		});
		assertThat(seen(news)).isZero();
		assertThat(shown(this.ann)).containsExactly("news");
		assertThat(seen(news)).isOne();
	}

	@Test
	void onlyNamedUsersAreShownIt() {
		Announcement news = publish(draft("news").to(List.of("bob", "cleo")));
		assertThat(news.recipients()).isEqualTo(2);
		assertThat(this.announcements.recipients(news.id())).containsExactly("bob", "cleo");
		assertThat(shown(this.ann)).isEmpty();
		assertThat(shown(this.bob)).containsExactly("news");
		assertThat(shown(this.bob)).isEmpty();
		assertThat(sender().peek("cleo")).hasSize(1);
		assertThat(seen(news)).isOne();
		assertThat(this.announcements.recipients(publish("all").id())).isEmpty();
	}

	@Test
	void hasTheLevelTagsLinkArgumentsAndActionOfItsDraft() {
		FlashDraft draft = FlashDraft.of(FlashLevel.WARNING, Text.of("x {0}", 7).link("/x?a=1"))
			.tags("wide")
			.key("k")
			.action("/y", "Go");
		Announcement announcement = publish(AnnouncementDraft.of(draft));
		List<FlashMessage> shown = new ArrayList<>();
		this.ann.page(() -> shown.addAll(flash().list()));
		assertThat(shown).singleElement().isEqualTo(announcement.message());
		assertThat(shown.get(0)).satisfies((message) -> {
			assertThat(message.level()).isEqualTo(FlashLevel.WARNING);
			assertThat(message.text()).isEqualTo(draft.text());
			assertThat(message.tags()).isEqualTo("wide warning");
			assertThat(message.key()).isEqualTo("k");
			assertThat(message.action()).isEqualTo(draft.action());
			assertThat(message.sentAt()).isEqualTo(StoppedClock.START);
		});
	}

	@Test
	void eachReadsTheWordsOfTheirLanguage() {
		publish(AnnouncementDraft.of(FlashDraft.of(FlashLevel.INFO, Text.of("News").link("/news")))
			.translated(Locale.forLanguageTag("pt"), "Novidades")
			.translated(Locale.forLanguageTag("pt-PT"), "Notícias"));
		assertThat(shownIn("pt-BR", "ann")).containsExactly("Novidades");
		assertThat(shownIn("pt-PT", "bob")).containsExactly("Notícias");
		assertThat(shownIn("de", "cleo")).containsExactly("News");
		assertThat(shownIn("und", "dora")).containsExactly("News");
		LocaleContextHolder.setLocale(Locale.forLanguageTag("pt"));
		assertThat(sender().peek("eve")).singleElement()
			.satisfies((message) -> assertThat(message.text()).isEqualTo(Text.of("Novidades").link("/news")));
	}

	@Test
	void previewIsWhatWouldBePublishedAndWritesNothing() {
		AnnouncementDraft draft = draft("news").from(in(HOUR))
			.translated(Locale.forLanguageTag("pt"), "novidades")
			.to(List.of("ann"));
		this.sql.clear();
		Announcement preview = this.announcements.preview(draft);
		assertThat(this.sql.statements()).isEmpty();
		assertThat(preview.messageFor(Locale.forLanguageTag("pt-BR")).text()).isEqualTo(Text.of("novidades"));
		assertThat(preview.messageFor(Locale.GERMAN).text()).isEqualTo(Text.of("news"));
		Announcement published = publish(draft);
		assertThat(preview.id()).isEmpty();
		assertThat(preview).usingRecursiveComparison().ignoringFields("id").isEqualTo(published);
	}

	@Test
	void previewOfOneThatWouldEndAtOnceHasEnded() {
		assertThat(this.announcements.preview(draft("late").until(StoppedClock.START)).state()).isEqualTo(State.ENDED);
	}

	@Test
	void canBeChangedUntilItBegins() {
		Announcement planned = publish(draft("old").from(in(HOUR)).to(List.of("ann")));
		assertThat(planned.state()).isEqualTo(State.PLANNED);
		Announcement changed = this.announcements.change(planned.id(),
				draft("new").from(in(HOUR)).translated(Locale.GERMAN, "neu").to(List.of("bob", "cleo")));
		assertThat(changed).satisfies((it) -> {
			assertThat(it.id()).isEqualTo(planned.id());
			assertThat(it.message().text().getMessage()).isEqualTo("new");
			assertThat(it.translations()).containsExactly(Map.entry(Locale.GERMAN, "neu"));
			assertThat(it.recipients()).isEqualTo(2);
		});
		clock.advance(HOUR);
		assertThat(shown(this.ann)).isEmpty();
		assertThat(shown(this.bob)).containsExactly("new");
		assertThatIllegalStateException().isThrownBy(() -> this.announcements.change(planned.id(), draft("late")))
			.withMessageContaining("has not begun");
		assertThat(this.announcements.recipients(planned.id())).containsExactly("bob", "cleo");
	}

	@Test
	void ofTwoChangesAtOnceOneNamesTheUsers() throws Exception {
		for (int round = 0; round < 20; round++) {
			Announcement planned = publish(draft("old").from(in(HOUR)).to(List.of("zoe")));
			Together.run(2, (thread) -> this.announcements.change(planned.id(),
					draft("new").from(in(HOUR)).to(List.of((thread == 0) ? "ann" : "bob"))));
			assertThat(this.announcements.recipients(planned.id())).hasSize(1);
		}
	}

	/**
	 * Whoever writes for several users locks their profiles in the same order.
	 */
	@Test
	void changingAndSendingToTheSameUsersDoNotBlockEachOther() throws Exception {
		List<String> users = List.of("a-z", "aa", "zoe");
		Announcement planned = publish(draft("old").from(in(HOUR)).to(users));
		Together.run(4, (thread) -> {
			for (int round = 0; round < 10; round++) {
				if (thread == 0) {
					this.announcements.change(planned.id(),
							draft("new").from(in(HOUR)).to((round % 2 == 0) ? List.of("a-z") : users));
				}
				else {
					sender().sendAll(users, FlashDraft.of(FlashLevel.INFO, "x"));
				}
			}
		});
		assertThat(this.announcements.recipients(planned.id())).containsExactlyInAnyOrderElementsOf(users);
	}

	@Test
	void whatWasWithdrawnOrIsNotThereCannotBeChanged() {
		Announcement planned = publish(draft("old").from(in(HOUR)));
		this.announcements.withdraw(planned.id());
		assertThatIllegalStateException().isThrownBy(() -> this.announcements.change(planned.id(), draft("new")));
		assertThatIllegalStateException().isThrownBy(() -> this.announcements.change("x", draft("new")));
		assertThat(this.announcements.find("x")).isEmpty();
	}

	@Test
	void listHasTheNewestFirst() {
		for (String name : List.of("1", "2", "3")) {
			publish(name);
			clock.advance(Duration.ofSeconds(1));
		}
		assertThat(this.announcements.list(2)).extracting((it) -> it.message().text().getMessage())
			.containsExactly("3", "2");
		assertThatIllegalArgumentException().isThrownBy(() -> this.announcements.list(0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.announcements.list(Announcements.MAX_LIST + 1));
	}

	@Test
	void saysWhoPublishedIt() {
		this.ann.post(() -> publish("news"));
		assertThat(this.announcements.list(1)).singleElement()
			.satisfies((it) -> assertThat(it.publishedBy()).isEqualTo("ann"));
		assertThat(publish("job").publishedBy()).isNull();
	}

	@Test
	void refusesWhatNobodyWouldSee() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.announcements.publish(AnnouncementDraft.of(FlashLevel.DEBUG, "x")))
			.withMessageContaining("min-level");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.announcements.publish(draft("x").until(StoppedClock.START)));
		assertThatIllegalArgumentException().isThrownBy(() -> draft("x").from(in(HOUR)).until(in(HOUR)));
		assertThatIllegalArgumentException().isThrownBy(() -> draft("x").to(List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> draft("x").to(List.of(" ")));
		assertThatIllegalArgumentException().isThrownBy(() -> draft("x").translated(Locale.FRENCH, " "));
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void manyThatWaitAreAllShownAndCountForNoBound() {
		// the bound of the other node is three
		IntStream.range(0, 3).forEach((i) -> other.get(FlashSender.class).send("ann", FlashLevel.ERROR, "m" + i));
		publish("a");
		clock.advance(Duration.ofSeconds(1));
		publish("b");
		assertThat(shown(other, this.ann)).containsExactly("m0", "m1", "m2", "a", "b");
	}

	@Test
	void parallelPagesOfTwoNodesShowItOnce() throws Exception {
		publish("everybody");
		publish(draft("named").to(List.of("ann", "bob")));
		Collection<String> all = Collections.synchronizedCollection(new ArrayList<>());
		Together.run(8, (thread) -> {
			TestApplication node = (thread % 2 == 0) ? application : other;
			String user = (thread % 4 < 2) ? "ann" : "bob";
			for (int page = 0; page < 5; page++) {
				FlashClaim claim = WebTestApplication.storage(node, user).claim();
				claim.messages().forEach((message) -> all.add(user + " " + message.text().getMessage()));
				claim.acknowledge((message) -> false);
			}
		});
		assertThat(all).containsExactlyInAnyOrder("ann everybody", "ann named", "bob everybody", "bob named");
	}

	/**
	 * Each would wait for the other: for the profile, and for what the user has had.
	 */
	@Test
	void acknowledgementDoesNotWaitForPageThatCopies() {
		assumeThat(this.database).as("Its foreign key waits").isNotEqualTo(Database.MARIADB);
		publish("first");
		FlashClaim first = WebTestApplication.storage(application, "ann").claim();
		publish("second");
		application.transaction().executeWithoutResult((status) -> {
			assertThat(WebTestApplication.storage(application, "ann").claim().messages()).hasSize(1);
			CompletableFuture.runAsync(() -> first.acknowledge((message) -> false))
				.orTimeout(60, TimeUnit.SECONDS)
				.join();
		});
		assertThat(count("actionlog_shown")).isEqualTo(1);
	}

	@Test
	void publishingForAllCostsTheSameForAnyNumberOfUsers() {
		IntStream.range(0, 50).forEach((i) -> sender().send("user" + i, FlashLevel.INFO, "x"));
		this.sql.clear();
		publish("news");
		assertThat(this.sql.statements()).filteredOn((statement) -> statement.startsWith("insert")).hasSize(1);
		assertThat(this.sql.statements()).hasSize(2);
		assertThat(count("actionlog_recipient")).isZero();
	}

	@Test
	void pageWithNothingNewCostsNoFurtherStatement() {
		publish("news");
		publish(draft("planned").from(in(HOUR)));
		shown(this.ann);
		this.sql.clear();
		assertThat(shown(this.ann)).isEmpty();
		assertThat(this.sql.statements()).hasSize(1);
	}

	@Test
	void userKeepsWhatWasSeenUnderAnotherName() {
		Announcement first = publish("first");
		shown(this.ann);
		publish(draft("named").to(List.of("ann")));
		application.get(ProfileService.class).rename("ann", "anna");
		assertThat(shown(new Visitor("anna"))).containsExactly("named");
		assertThat(seen(first)).isOne();
	}

	@Test
	void whoIsDeletedIsForgotten() {
		Announcement news = publish("news");
		shown(this.ann);
		application.get(ProfileService.class).delete("ann");
		assertThat(seen(news)).isZero();
		assertThat(count("actionlog_recipient")).isZero();
	}

	@Test
	void purgesWhatHasEnded() {
		publish(draft("old").until(in(HOUR)).to(List.of("ann")));
		publish("live");
		shown(this.ann);
		assertThat(this.announcements.purge(in(HOUR.multipliedBy(9)))).isZero();
		clock.advance(HOUR.multipliedBy(2));
		assertThat(this.announcements.purge(in(HOUR.multipliedBy(9)))).isOne();
		assertThat(this.announcements.list(9)).extracting((it) -> it.message().text().getMessage())
			.containsExactly("live");
		assertThat(count("actionlog_recipient")).isOne();
		assertThat(shown(this.ann)).isEmpty();
	}

	private static AnnouncementDraft draft(String message) {
		return AnnouncementDraft.of(FlashLevel.INFO, message);
	}

	private static Instant in(Duration duration) {
		return clock.instant().plus(duration);
	}

	private Announcement publish(String message) {
		return publish(draft(message));
	}

	private Announcement publish(AnnouncementDraft draft) {
		return this.announcements.publish(draft);
	}

	private long seen(Announcement announcement) {
		return this.announcements.find(announcement.id()).orElseThrow().seen();
	}

	private static int count(String table) {
		return application.jdbc().sql("select count(*) from " + table).query(Integer.class).single();
	}

	private static FlashSender sender() {
		return application.get(FlashSender.class);
	}

	private static FlashMessages flash() {
		return application.get(FlashMessages.class);
	}

	private static FlashClaim claim(String username) {
		return WebTestApplication.storage(application, username).claim();
	}

	private List<String> shownIn(String language, String username) {
		LocaleContextHolder.setLocale(Locale.forLanguageTag(language));
		return shown(new Visitor(username));
	}

	private static List<String> shown(Visitor visitor) {
		return shown(application, visitor);
	}

	private static List<String> shown(TestApplication node, Visitor visitor) {
		List<String> shown = new ArrayList<>();
		visitor.request(new MockHttpServletRequest("GET", "/"), 200, Visitor.HTML,
				() -> node.get(FlashMessages.class).forEach((message) -> shown.add(message.text().getMessage())));
		return shown;
	}

}

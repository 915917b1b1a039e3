package dev.actionlog.action;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.example.ExampleApplication;
import dev.actionlog.example.UserProfile;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.text.Text;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ActionService}, on both databases, in an application with entities of
 * its own.
 */
@ParameterizedClass
@EnumSource(Database.class)
@NullUnmarked
class ActionServiceTests {

	private static Map<String, Object> settings;

	private static TestApplication application;

	@Parameter
	Database database;

	private final ActionService actions = application.get(ActionService.class);

	private final ProfileService profiles = application.get(ProfileService.class);

	private final SqlLog sql = application.get(SqlLog.class);

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		settings = database.create();
		application = TestApplication.start(settings, (application) -> application.sources(ExampleApplication.class),
				"spring.jpa.hibernate.ddl-auto=update");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@BeforeEach
	void empty() {
		application.jdbc().sql("delete from actionlog_profile").update();
		application.jdbc().sql("delete from user_profile").update();
		this.sql.clear();
	}

	@AfterEach
	void signOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void showsTheNewestFirst() {
		record("ann", 1, 3);
		assertThat(recent("ann")).containsExactly("3", "2", "1");
	}

	@Test
	void keepsExactlyTheNewest() {
		record("ann", 1, 25);
		assertThat(recent("ann")).containsExactly("25", "24", "23", "22", "21", "20", "19", "18", "17", "16");
		assertThat(rows("ann")).isEqualTo(10);
	}

	@Test
	void usersHaveTheirOwnLogs() {
		record("ann", 1, 12);
		record("bob", 101, 103);
		record("ann", 13, 13);
		assertThat(recent("bob")).containsExactly("103", "102", "101");
		assertThat(recent("ann")).hasSize(10).startsWith("13");
		assertThat(recent("Ann")).isEmpty();
	}

	@Test
	void remembersTextAndTime() {
		Instant before = Instant.now().minusMillis(1);
		this.actions.recordFor("ann", Text.of("photo.changed", "cat", 7).link("/photos/7"));
		assertThat(this.actions.recentFor("ann")).singleElement().satisfies((action) -> {
			assertThat(action.getText()).isEqualTo(Text.of("photo.changed", "cat", 7).link("/photos/7"));
			assertThat(action.getRecordedAt()).isBetween(before, Instant.now());
			assertThat(action).hasToString(action.getRecordedAt() + " photo.changed[cat, 7] -> /photos/7");
		});
	}

	@Test
	void applicationsCanQueryTheEntities() {
		this.actions.recordFor("ann", Text.of("photo.changed", "cat", 7).link("/photos/7"));
		this.actions.recordFor("bob", "x");
		application.get(FlashSender.class).send("ann", FlashLevel.INFO, "y");
		application.transaction().executeWithoutResult((status) -> {
			EntityManager entityManager = application.get(EntityManager.class);
			Action action = entityManager
				.createQuery("select a from actionlogAction a join a.profile p where p.username = 'ann'", Action.class)
				.getSingleResult();
			assertThat(action.getText()).isEqualTo(Text.of("photo.changed", "cat", 7).link("/photos/7"));
			assertThat(action.getRecordedAt()).isEqualTo(this.actions.recentFor("ann").get(0).getRecordedAt());
			assertThat(entityManager.find(dev.actionlog.profile.UserProfile.class, "ann").getUsername())
				.isEqualTo("ann");
			assertThat(entityManager.createQuery("select f.text from actionlogFlash f", Text.class).getResultList())
				.containsExactly(Text.of("y"));
		});
	}

	@Test
	void keepsTheOrderOfWritingWhateverTheClockSays() {
		Clock stopped = Clock.fixed(Instant.parse("2026-11-21T13:05:00.123456789Z"), ZoneOffset.UTC);
		try (TestApplication other = TestApplication.start(settings, (application) -> application
			.initializers((context) -> context.getBeanFactory().registerSingleton("clock", stopped)))) {
			ActionService actions = other.get(ActionService.class);
			IntStream.rangeClosed(1, 12).forEach((i) -> actions.recordFor("ann", "" + i));
		}
		assertThat(recent("ann")).containsExactly("12", "11", "10", "9", "8", "7", "6", "5", "4", "3");
		assertThat(this.actions.recentFor("ann")).extracting(Action::getRecordedAt)
			.containsOnly(Instant.parse("2026-11-21T13:05:00.123456Z"));
	}

	@Test
	void rolledBackCallerLeavesNoLine() {
		record("ann", 1, 10);
		application.transaction().executeWithoutResult((status) -> {
			record("ann", 11, 12);
			record("bob", 1, 1);
			assertThat(recent("ann")).startsWith("12", "11");
			status.setRollbackOnly();
		});
		assertThat(recent("ann")).containsExactly("10", "9", "8", "7", "6", "5", "4", "3", "2", "1");
		assertThat(application.jdbc().sql("select username from actionlog_profile").query(String.class).list())
			.containsExactly("ann");
	}

	@Test
	void pendingChangesOfTheCallerSurviveTheTrim() {
		EntityManager entityManager = application.get(EntityManager.class);
		application.transaction().executeWithoutResult((status) -> entityManager.persist(new UserProfile(1, "old")));
		record("ann", 1, 10);
		application.transaction().executeWithoutResult((status) -> {
			UserProfile loaded = entityManager.find(UserProfile.class, 1L);
			loaded.setMotto("new");
			entityManager.persist(new UserProfile(2, "first"));
			record("ann", 11, 11);
			this.actions.keepNewestFor("ann", 5);
			this.actions.setKeep("ann", 3);
			assertThat(entityManager.contains(loaded)).isTrue();
			loaded.setMotto(loaded.getMotto() + "er");
		});
		assertThat(application.jdbc().sql("select motto from user_profile order by id").query(String.class).list())
			.containsExactly("newer", "first");
		assertThat(recent("ann")).containsExactly("11", "10", "9");
	}

	@Test
	void refusesReadOnlyTransactionBeforeAnySql() {
		TransactionTemplate readOnly = application.transaction();
		readOnly.setReadOnly(true);
		for (Runnable write : List.<Runnable>of(() -> this.actions.recordFor("ann", "x"),
				() -> this.actions.recordFor("ann", Text.of("x")), () -> this.actions.keepNewestFor("ann", 1))) {
			assertThatIllegalStateException().isThrownBy(() -> readOnly.executeWithoutResult((status) -> write.run()))
				.withMessageContaining("read-only");
		}
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void readsInReadOnlyTransaction() {
		record("ann", 1, 2);
		TransactionTemplate readOnly = application.transaction();
		readOnly.setReadOnly(true);
		readOnly.executeWithoutResult((status) -> assertThat(recent("ann")).containsExactly("2", "1"));
	}

	@Test
	void refusesCallersMistakesBeforeAnySql() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.actions.recordFor("ann", " \0"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.actions.recordFor("ann", "x", 1, 2, 3, 4, 5, 6, 7, 8, 9));
		assertThatIllegalArgumentException().isThrownBy(() -> this.actions.recordFor(" ", "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.actions.recordFor("a".repeat(256), "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.actions.keepNewestFor("ann", -1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.actions.setKeep("ann", -1));
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void lowersTheNumberAtOnce() {
		record("ann", 1, 10);
		this.actions.setKeep("ann", 3);
		assertThat(rows("ann")).isEqualTo(3);
		assertThat(recent("ann")).containsExactly("10", "9", "8");
		record("ann", 11, 11);
		assertThat(recent("ann")).containsExactly("11", "10", "9");
		assertThat(this.actions.limitFor("ann")).isEqualTo(3);
	}

	@Test
	void raisesTheNumber() {
		record("ann", 1, 12);
		this.actions.setKeep("ann", 12);
		assertThat(recent("ann")).hasSize(10);
		record("ann", 13, 20);
		assertThat(recent("ann")).hasSize(12).startsWith("20").endsWith("9");
		assertThat(rows("ann")).isEqualTo(12);
	}

	@Test
	void returnsToTheDefaultNumberAtOnce() {
		this.actions.setKeep("ann", 12);
		record("ann", 1, 12);
		this.actions.setKeep("ann", null);
		assertThat(rows("ann")).isEqualTo(10);
		assertThat(this.actions.limitFor("ann")).isEqualTo(10);
	}

	@Test
	void keepsNothingForWhoWantsNothingKept() {
		record("ann", 1, 3);
		this.actions.setKeep("ann", 0);
		record("ann", 4, 4);
		assertThat(recent("ann")).isEmpty();
		assertThat(rows("ann")).isZero();
	}

	@Test
	void trimsNowWithoutRemembering() {
		record("ann", 1, 10);
		this.actions.keepNewestFor("ann", 2);
		assertThat(recent("ann")).containsExactly("10", "9");
		record("ann", 11, 13);
		assertThat(recent("ann")).containsExactly("13", "12", "11", "10", "9");
		this.actions.keepNewestFor("ann", 100);
		assertThat(rows("ann")).isEqualTo(5);
	}

	@Test
	void clears() {
		record("ann", 1, 10);
		record("bob", 1, 2);
		this.actions.keepNewestFor("ann", 0);
		assertThat(rows("ann")).isZero();
		assertThat(recent("ann")).isEmpty();
		assertThat(recent("bob")).hasSize(2);
	}

	@Test
	void followsTheDefaultOfRestartedApplication() {
		record("ann", 1, 10);
		this.actions.setKeep("bob", 8);
		record("bob", 1, 10);
		try (TestApplication lower = TestApplication.start(settings, "actionlog.actions.keep=3")) {
			assertThat(recent(lower, "ann")).containsExactly("10", "9", "8");
			assertThat(recent(lower, "bob")).hasSize(8);
			lower.get(ActionService.class).recordFor("ann", "11");
			assertThat(recent(lower, "ann")).containsExactly("11", "10", "9");
			assertThat(rows("ann")).isEqualTo(3);
		}
		try (TestApplication higher = TestApplication.start(settings, "actionlog.actions.keep=5")) {
			IntStream.rangeClosed(12, 20).forEach((i) -> higher.get(ActionService.class).recordFor("ann", "" + i));
			assertThat(recent(higher, "ann")).containsExactly("20", "19", "18", "17", "16");
		}
	}

	@Test
	void deletedProfileTakesItsActionsAlong() {
		record("ann", 1, 5);
		record("bob", 1, 2);
		this.profiles.delete("ann");
		assertThat(recent("ann")).isEmpty();
		assertThat(application.jdbc().sql("select count(*) from actionlog_action").query(Integer.class).single())
			.isEqualTo(2);
		record("ann", 6, 6);
		assertThat(recent("ann")).containsExactly("6");
	}

	@Test
	void renamedProfileKeepsItsActions() {
		record("ann", 1, 2);
		this.profiles.rename("ann", "anna");
		assertThat(recent("anna")).containsExactly("2", "1");
		assertThat(recent("ann")).isEmpty();
	}

	@Test
	void readingMakesNoProfile() {
		assertThat(recent("ann")).isEmpty();
		assertThat(this.actions.limitFor("ann")).isEqualTo(10);
		assertThat(application.jdbc().sql("select count(*) from actionlog_profile").query(Integer.class).single())
			.isZero();
	}

	@Test
	void storesHostileText() {
		Object[] args = { "a".repeat(5000), "😀".repeat(1000), "\0a\ud83d", "\\12", "12", "-1.5",
				new BigDecimal("1E+2147483647"), Double.NaN };
		this.actions.recordFor("ann", "a\0b\udca9" + "😀".repeat(1000), args);
		this.actions.recordFor("ann", "a".repeat(5000), null, null);
		this.actions.recordFor("ann", "'; drop table actionlog_action; --", "{\"a\",NULL}", "NULL", "a,b", "\"", "'");
		this.actions.recordFor("ann", "שלום \u202e🧑‍🚀 مرحبا", "עברית", "𝒳", "", 12, "12");
		assertThat(this.actions.recentFor("ann")).extracting(Action::getText)
			.containsExactly(Text.of("שלום \u202e🧑‍🚀 مرحبا", "עברית", "𝒳", "", 12, "12"),
					Text.of("'; drop table actionlog_action; --", "{\"a\",NULL}", "NULL", "a,b", "\"", "'"),
					Text.of("a".repeat(199) + "…", "", ""), Text.of("ab" + "😀".repeat(98) + "…", args));
	}

	@Test
	void storesTheLongestOfEverything() {
		Text longest = Text.of("é".repeat(200), Collections.nCopies(8, "漢".repeat(200)).toArray())
			.link("/" + "é".repeat(499));
		this.actions.recordFor("漢".repeat(255), longest);
		assertThat(this.actions.recentFor("漢".repeat(255))).extracting(Action::getText).containsExactly(longest);
	}

	@Test
	void actsForTheCurrentUser() {
		signIn(new TestingAuthenticationToken("ann", "", "USER"));
		this.actions.record("photo.changed", "cat");
		this.actions.record(Text.of("photo.removed"));
		assertThat(this.actions.recent()).extracting(Action::getText)
			.containsExactly(Text.of("photo.removed"), Text.of("photo.changed", "cat"));
		assertThat(recent("ann")).containsExactly("photo.removed", "photo.changed");
		this.actions.keepNewest(1);
		assertThat(recent("ann")).containsExactly("photo.removed");
		this.actions.keepNewest(0);
		assertThat(this.actions.recent()).isEmpty();
	}

	@Test
	void namesTheWayOutWhereNobodyIsSignedIn() {
		assertThatIllegalStateException().isThrownBy(() -> this.actions.record("x"))
			.withMessageContaining("ActionService.recordFor");
		assertThatIllegalStateException().isThrownBy(() -> this.actions.record(Text.of("x")))
			.withMessageContaining("ActionService.recordFor");
		assertThatIllegalStateException().isThrownBy(this.actions::recent)
			.withMessageContaining("ActionService.recentFor");
		assertThatIllegalStateException().isThrownBy(() -> this.actions.keepNewest(1))
			.withMessageContaining("ActionService.keepNewestFor");
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void anonymousVisitorIsNobody() {
		signIn(new AnonymousAuthenticationToken("key", "anonymousUser",
				AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
		assertThatIllegalStateException().isThrownBy(() -> this.actions.record("x"))
			.withMessageContaining("ActionService.recordFor");
	}

	@Test
	void recordsWithOneStatementOnPostgresqlAndTwoElsewhere() {
		record("ann", 1, 1);
		this.sql.clear();
		this.actions.recordFor("ann", "x");
		if (this.database.isPostgresql()) {
			assertThat(this.sql.statements()).hasSize(1);
			assertThat(this.sql.transactions()).isZero();
		}
		else {
			assertThat(this.sql.statements()).hasSize(2);
			assertThat(this.sql.transactions()).isOne();
		}
	}

	@Test
	void firstUseMakesTheProfileInOneTransaction() {
		this.actions.recordFor("ann", "x");
		assertThat(this.sql.transactions()).isEqualTo((this.database == Database.H2) ? 2 : 1);
		assertThat(recent("ann")).containsExactly("x");
	}

	@Test
	void readsWithOneStatement() {
		record("ann", 1, 10);
		this.actions.setKeep("ann", 5);
		this.sql.clear();
		this.actions.recentFor("ann").forEach((action) -> assertThat(action.getText().getArgs()).isEmpty());
		assertThat(this.sql.statements()).hasSize(1);
		assertThat(this.sql.transactions()).isZero();
	}

	@Test
	void readsActionsAndTheirLimitTogether() {
		record("ann", 1, 3);
		this.actions.setKeep("ann", 2);
		this.sql.clear();
		assertThat(this.actions.recentFor("ann")).isInstanceOfSatisfying(RecentActions.class,
				(recent) -> assertThat(recent.keep()).isEqualTo(2));
		assertThat(this.actions.recentFor("bob")).isInstanceOfSatisfying(RecentActions.class,
				(recent) -> assertThat(recent.keep()).isEqualTo(10));
		assertThat(this.sql.statements()).hasSize(2);
	}

	@Test
	void trimsWithThreeStatements() {
		record("ann", 1, 10);
		this.sql.clear();
		this.actions.keepNewestFor("ann", 5);
		assertThat(this.sql.statements()).hasSize(3);
	}

	private void record(String username, int first, int last) {
		IntStream.rangeClosed(first, last).forEach((i) -> this.actions.recordFor(username, "" + i));
	}

	private List<String> recent(String username) {
		return recent(application, username);
	}

	private static List<String> recent(TestApplication application, String username) {
		return application.get(ActionService.class)
			.recentFor(username)
			.stream()
			.map((action) -> action.getText().getMessage())
			.toList();
	}

	private static int rows(String username) {
		return application.jdbc()
			.sql("select count(*) from actionlog_action where username = ?")
			.param(username)
			.query(Integer.class)
			.single();
	}

	private static void signIn(Authentication authentication) {
		SecurityContextHolder.getContext().setAuthentication(authentication);
	}

}

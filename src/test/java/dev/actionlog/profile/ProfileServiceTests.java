package dev.actionlog.profile;

import java.util.List;

import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.SqlLog;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ProfileService}, on both databases.
 */
@ParameterizedClass
@EnumSource(Database.class)
@NullUnmarked
class ProfileServiceTests {

	private static TestApplication application;

	@Parameter
	Database database;

	private final ProfileService profiles = application.get(ProfileService.class);

	private final SqlLog sql = application.get(SqlLog.class);

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		application = TestApplication.start(database.create());
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@BeforeEach
	void empty() {
		application.jdbc().sql("delete from actionlog_profile").update();
		this.sql.clear();
	}

	@Test
	void remembersTheNumberToKeep() {
		assertThat(this.profiles.getKeep("ann")).isNull();
		this.profiles.setKeep("ann", 3);
		assertThat(this.profiles.getKeep("ann")).isEqualTo(3);
		this.profiles.setKeep("ann", 0);
		assertThat(this.profiles.getKeep("ann")).isZero();
		this.profiles.setKeep("ann", null);
		assertThat(this.profiles.getKeep("ann")).isNull();
	}

	@Test
	void showsTheNumberToKeepWithinTheTransactionThatChangedIt() {
		this.profiles.setKeep("ann", 3);
		application.transaction().executeWithoutResult((status) -> {
			assertThat(this.profiles.getKeep("ann")).isEqualTo(3);
			this.profiles.setKeep("ann", 5);
			assertThat(this.profiles.getKeep("ann")).isEqualTo(5);
			assertThat(this.profiles.lock("ann").keep()).isEqualTo(5);
		});
	}

	@Test
	void rejectsNegativeNumberToKeepBeforeAnySql() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.profiles.setKeep("ann", -1))
			.withMessageContaining("negative");
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void readingMakesNoProfile() {
		this.profiles.getKeep("ann");
		assertThat(names()).isEmpty();
	}

	@Test
	void comparesNamesExactly() {
		for (String name : List.of("ann", "Ann", "ann ", "änn", "a\u0308nn", "𝒶nn", "아nn", "_nn", "%")) {
			this.profiles.setKeep(name, name.length());
		}
		assertThat(names()).hasSize(9);
		assertThat(this.profiles.getKeep("ANN")).isNull();
		assertThat(this.profiles.getKeep("ann ")).isEqualTo(4);
		assertThat(this.profiles.getKeep("a\u0308nn")).isEqualTo(4);
		assertThat(this.profiles.getKeep("%")).isEqualTo(1);
	}

	@Test
	void rejectsNamesThatCannotBeStoredBeforeAnySql() {
		for (String name : List.of("", " ", "a\0b", "\ud83d", "a\udca9", "a".repeat(256))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.profiles.setKeep(name, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> this.profiles.getKeep(name));
			assertThatIllegalArgumentException().isThrownBy(() -> this.profiles.delete(name));
			assertThatIllegalArgumentException().isThrownBy(() -> this.profiles.rename(name, "ann"));
			assertThatIllegalArgumentException().isThrownBy(() -> this.profiles.rename("ann", name));
		}
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void takesTheLongestName() {
		for (String name : List.of("a".repeat(255), "é".repeat(255), "💩".repeat(127))) {
			this.profiles.setKeep(name, 1);
			assertThat(this.profiles.getKeep(name)).isEqualTo(1);
		}
	}

	@Test
	void renames() {
		this.profiles.setKeep("ann", 3);
		this.profiles.rename("ann", "anna");
		assertThat(names()).containsExactly("anna");
		assertThat(this.profiles.getKeep("anna")).isEqualTo(3);
	}

	@Test
	void renamesNobodyToNobody() {
		this.profiles.rename("ann", "anna");
		assertThat(names()).isEmpty();
	}

	@Test
	void renameToItselfChangesNothing() {
		this.profiles.setKeep("ann", 3);
		this.profiles.rename("ann", "ann");
		assertThat(names()).containsExactly("ann");
	}

	@Test
	void rejectsRenameToNameOfAnotherProfile() {
		this.profiles.setKeep("ann", 3);
		this.profiles.setKeep("bob", 4);
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.profiles.rename("ann", "bob"));
		assertThat(names()).containsExactly("ann", "bob");
	}

	@Test
	void deletes() {
		this.profiles.setKeep("ann", 3);
		this.profiles.setKeep("bob", 4);
		this.profiles.delete("ann");
		this.profiles.delete("nobody");
		assertThat(names()).containsExactly("bob");
	}

	@Test
	void deletedProfileComesBackEmptyInTheSameTransaction() {
		this.profiles.setKeep("ann", 3);
		application.transaction().executeWithoutResult((status) -> {
			this.profiles.delete("ann");
			assertThat(this.profiles.lock("ann").keep()).isNull();
		});
		assertThat(names()).containsExactly("ann");
	}

	@Test
	void rolledBackCallerChangesNothing() {
		this.profiles.setKeep("ann", 3);
		application.transaction().executeWithoutResult((status) -> {
			this.profiles.setKeep("ann", 5);
			this.profiles.setKeep("bob", 1);
			this.profiles.rename("ann", "anna");
			status.setRollbackOnly();
		});
		assertThat(names()).containsExactly("ann");
		assertThat(this.profiles.getKeep("ann")).isEqualTo(3);
	}

	@Test
	void refusesReadOnlyTransactionBeforeAnySql() {
		TransactionTemplate readOnly = application.transaction();
		readOnly.setReadOnly(true);
		for (Runnable write : List.<Runnable>of(() -> this.profiles.setKeep("ann", 1),
				() -> this.profiles.delete("ann"), () -> this.profiles.rename("ann", "bob"),
				() -> this.profiles.lock("ann"))) {
			assertThatIllegalStateException().isThrownBy(() -> readOnly.executeWithoutResult((status) -> write.run()))
				.withMessageContaining("read-only");
		}
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void locksOnlyInTransactionOfTheCaller() {
		assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> this.profiles.lock("ann"));
	}

	@Test
	void locksWithOneStatementAndMakesProfileWithTwoMore() {
		application.transaction().executeWithoutResult((status) -> this.profiles.lock("ann"));
		assertThat(this.sql.statements()).hasSize(3);
		this.sql.clear();
		application.transaction().executeWithoutResult((status) -> this.profiles.lock("ann"));
		assertThat(this.sql.statements()).singleElement()
			.asString()
			.contains((this.database == Database.POSTGRESQL) ? " for no key update" : " for update");
	}

	@Test
	void lockShowsWhatTheRowSaysAndNotWhatTheCallerHasLoaded() {
		this.profiles.setKeep("ann", 3);
		application.transaction().executeWithoutResult((status) -> {
			UserProfile loaded = this.profiles.lock("ann").profile();
			assertThat(loaded.getKeep()).isEqualTo(3);
			application.jdbc().sql("update actionlog_profile set keep = 7").update();
			assertThat(this.profiles.lock("ann").keep()).isEqualTo(7);
		});
	}

	private static List<String> names() {
		return application.jdbc().sql("select username from actionlog_profile order by id").query(String.class).list();
	}

}

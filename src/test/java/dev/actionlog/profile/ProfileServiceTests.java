package dev.actionlog.profile;

import java.util.List;
import java.util.Optional;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.SqlLog;
import dev.actionlog.testing.Together;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DataIntegrityViolationException;
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

	private final ActionService actions = application.get(ActionService.class);

	private final FlashSender sender = application.get(FlashSender.class);

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
	void comparesNamesExactly() {
		for (String name : List.of("ann", "Ann", "ann ", "änn", "a\u0308nn", "𝒶nn", "아nn", "_nn", "%")) {
			this.actions.setKeep(name, name.length());
		}
		assertThat(names()).hasSize(9);
		assertThat(keep("ANN")).isNull();
		assertThat(keep("ann ")).isEqualTo(4);
		assertThat(keep("a\u0308nn")).isEqualTo(4);
		assertThat(keep("%")).isEqualTo(1);
	}

	@Test
	void rejectsNamesThatCannotBeStoredBeforeAnySql() {
		for (String name : List.of("", " ", "a\0b", "\ud83d", "a\udca9", "a".repeat(256))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.actions.setKeep(name, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> this.profiles.delete(name));
			assertThatIllegalArgumentException().isThrownBy(() -> this.profiles.rename(name, "ann"));
			assertThatIllegalArgumentException().isThrownBy(() -> this.profiles.rename("ann", name));
		}
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void takesTheLongestName() {
		for (String name : List.of("a".repeat(255), "é".repeat(255), "💩".repeat(127))) {
			this.actions.setKeep(name, 1);
			assertThat(keep(name)).isEqualTo(1);
		}
	}

	@Test
	void renames() {
		this.actions.setKeep("ann", 3);
		this.profiles.rename("ann", "anna");
		assertThat(names()).containsExactly("anna");
		assertThat(keep("anna")).isEqualTo(3);
	}

	@Test
	void renamesNobodyToNobody() {
		this.profiles.rename("ann", "anna");
		assertThat(names()).isEmpty();
	}

	@Test
	void renameToItselfChangesNothing() {
		this.actions.setKeep("ann", 3);
		this.profiles.rename("ann", "ann");
		assertThat(names()).containsExactly("ann");
	}

	@Test
	void rejectsRenameToNameOfAnotherProfile() {
		this.actions.setKeep("ann", 3);
		this.actions.setKeep("bob", 4);
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.profiles.rename("ann", "bob"));
		assertThat(names()).containsExactly("ann", "bob");
	}

	@Test
	void deletes() {
		this.actions.setKeep("ann", 3);
		this.actions.setKeep("bob", 4);
		this.profiles.delete("ann");
		this.profiles.delete("nobody");
		assertThat(names()).containsExactly("bob");
	}

	@Test
	void deletedProfileComesBackEmptyInTheSameTransaction() {
		this.actions.setKeep("ann", 3);
		application.transaction().executeWithoutResult((status) -> {
			this.profiles.delete("ann");
			this.actions.recordFor("ann", "x");
			assertThat(keep("ann")).isNull();
		});
		assertThat(names()).containsExactly("ann");
	}

	@Test
	void rolledBackCallerChangesNothing() {
		this.actions.setKeep("ann", 3);
		application.transaction().executeWithoutResult((status) -> {
			this.actions.setKeep("ann", 5);
			this.actions.setKeep("bob", 1);
			this.profiles.rename("ann", "anna");
			status.setRollbackOnly();
		});
		assertThat(names()).containsExactly("ann");
		assertThat(keep("ann")).isEqualTo(3);
	}

	@Test
	void refusesReadOnlyTransactionBeforeAnySql() {
		TransactionTemplate readOnly = application.transaction();
		readOnly.setReadOnly(true);
		for (Runnable write : List.<Runnable>of(() -> this.actions.setKeep("ann", 1), () -> this.profiles.delete("ann"),
				() -> this.profiles.rename("ann", "bob"))) {
			assertThatIllegalStateException().isThrownBy(() -> readOnly.executeWithoutResult((status) -> write.run()))
				.withMessageContaining("read-only");
		}
		assertThat(this.sql.statements()).isEmpty();
	}

	@Test
	void renamedProfileTakesItsRowsAlong() {
		this.actions.recordFor("ann", "x");
		this.sender.send("ann", FlashLevel.INFO, "y");
		this.profiles.rename("ann", "anna");
		assertThat(this.actions.recentFor("anna")).hasSize(1);
		assertThat(this.sender.peek("anna")).hasSize(1);
		this.actions.recordFor("anna", "z");
		this.sender.send("anna", FlashLevel.INFO, "z");
		assertThat(this.actions.recentFor("anna")).extracting((action) -> action.getText().getMessage())
			.containsExactly("z", "x");
		assertThat(this.sender.peek("anna")).extracting((message) -> message.text().getMessage())
			.containsExactly("y", "z");
		assertThat(this.sender.peek("ann")).isEmpty();
	}

	@Test
	void renameWaitsForWhoWritesAndLosesNothing() throws Exception {
		for (int round = 0; round < 20; round++) {
			String from = "from" + round;
			String to = "to" + round;
			this.actions.recordFor(from, "before");
			Together.run(2, (thread) -> {
				if (thread == 0) {
					this.profiles.rename(from, to);
				}
				else {
					this.actions.recordFor(from, "x");
				}
			});
			assertThat(this.actions.recentFor(from).size() + this.actions.recentFor(to).size()).isEqualTo(2);
		}
	}

	private static List<String> names() {
		return application.jdbc()
			.sql("select username from actionlog_profile order by username")
			.query(String.class)
			.list();
	}

	private static Integer keep(String username) {
		return application.jdbc()
			.sql("select keep from actionlog_profile where username = ?")
			.param(username)
			.query((row, number) -> Optional.ofNullable(row.getObject(1, Integer.class)))
			.optional()
			.flatMap((keep) -> keep)
			.orElse(null);
	}

}

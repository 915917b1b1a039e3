package dev.actionlog.action;

import java.util.List;

import dev.actionlog.profile.ProfileService;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Host;
import dev.actionlog.testing.SqlLog;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ActionService}, on both databases.
 */
@ParameterizedClass
@EnumSource(Database.class)
@NullUnmarked
class ActionServiceTests {

	@Parameter
	Database database;

	private static Host host;

	private final ActionService actions = host.get(ActionService.class);

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		host = Host.start(database.create());
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		host.close();
	}

	@Test
	void countsStatements() {
		SqlLog sql = host.get(SqlLog.class);
		sql.clear();
		this.actions.recordFor("ann", "photo.changed", "x", 12, "12", null);
		assertThat(sql.statements()).hasSize(5);
		System.out.println(sql.statements());
		sql.clear();
		this.actions.recordFor("ann", "photo.changed", "y");
		System.out.println(sql.statements());
		assertThat(sql.statements()).hasSize(3);
		sql.clear();
		System.out.println(this.actions.recentFor("ann"));
		System.out.println(sql.statements());
		assertThat(sql.statements()).hasSize(1);
		sql.clear();
		host.get(ProfileService.class).setKeep("ann", 1);
		System.out.println(sql.statements());
		assertThat(this.actions.recentFor("ann")).extracting((a) -> a.getText().getArgs())
			.containsExactly(List.of("y"));
		host.get(ProfileService.class).setKeep("ann", null);
		assertThat(this.actions.limitFor("ann")).isEqualTo(10);
	}

}

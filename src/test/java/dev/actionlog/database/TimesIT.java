package dev.actionlog.database;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;

import dev.actionlog.action.Action;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashMessage;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that times are right whatever an application sets for times in Hibernate and
 * whatever the time zone of its process is, on all databases.
 */
class TimesIT {

	private static final TimeZone own = TimeZone.getDefault();

	static Stream<Arguments> settings() {
		return Stream.of(Database.H2, Database.POSTGRESQL, Database.MARIADB)
			.flatMap((database) -> Stream.of("UTC", "Asia/Tokyo")
				.flatMap((zone) -> Stream
					.of(List.of(), List.of("hibernate.jdbc.time_zone=UTC"),
							List.of("hibernate.type.preferred_instant_jdbc_type=TIMESTAMP"),
							List.of("hibernate.jdbc.time_zone=America/New_York",
									"hibernate.type.preferred_instant_jdbc_type=TIMESTAMP"))
					.map((hibernate) -> Arguments.of(database, zone, hibernate))));
	}

	@AfterEach
	void restoreZone() {
		TimeZone.setDefault(own);
	}

	@ParameterizedTest
	@MethodSource("settings")
	void timesAndLeasesAreRight(Database database, String zone, List<String> hibernate) {
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		Map<String, Object> settings = database.create();
		// the mapping's own tables, but in MariaDB, where these compare names inexactly
		String[] tables = (database == Database.MARIADB) ? new String[] { "spring.jpa.hibernate.ddl-auto=none" }
				: new String[] { "spring.jpa.hibernate.ddl-auto=create", "actionlog.database.initialize=never" };
		String[] all = Stream
			.concat(Stream.of(tables), hibernate.stream().map((setting) -> "spring.jpa.properties." + setting))
			.toArray(String[]::new);
		Instant before = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
		try (TestApplication application = TestApplication.start(settings, all)) {
			ActionService actions = application.get(ActionService.class);
			FlashSender sender = application.get(FlashSender.class);
			actions.recordFor("ann", "x");
			sender.send("ann", FlashLevel.INFO, "y");
			Instant recorded = actions.recentFor("ann").get(0).getRecordedAt();
			assertThat(recorded).isBetween(before, Clock.systemUTC().instant());
			assertThat(mapped(application).getRecordedAt()).isEqualTo(recorded);
			assertThat(sender.peek("ann")).extracting(FlashMessage::sentAt)
				.allSatisfy((sent) -> assertThat(sent).isBetween(recorded, Clock.systemUTC().instant()));
			hold(application, "+");
			assertThat(sender.peek("ann")).isEmpty();
			hold(application, "-");
			assertThat(sender.peek("ann")).hasSize(1);
		}
	}

	private static Action mapped(TestApplication application) {
		return application.get(EntityManager.class)
			.createQuery("select a from actionlogAction a", Action.class)
			.getSingleResult();
	}

	/**
	 * Ends the lease of all messages a minute from now, or a minute ago.
	 */
	private static void hold(TestApplication application, String sign) {
		String now = application.get(dev.actionlog.database.Database.class).dialect().now();
		application.jdbc()
			.sql("update actionlog_flash set claim_token = 'x', claimed_until = " + now + " " + sign
					+ " interval '60' second")
			.update();
	}

}

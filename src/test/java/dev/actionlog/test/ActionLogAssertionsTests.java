package dev.actionlog.test;

import java.util.Map;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.text.Text;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.actionlog.test.ActionLogAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ActionLogAssertions}.
 */
class ActionLogAssertionsTests {

	private static TestApplication application;

	private static ActionService actions;

	private static FlashSender sender;

	@BeforeAll
	static void start() {
		Map<String, Object> database = Database.H2.create();
		application = TestApplication.start(database);
		actions = application.get(ActionService.class);
		sender = application.get(FlashSender.class);
		actions.recordFor("ann", "photo.added", "Cat");
		actions.recordFor("ann", "photo.changed");
		sender.send("ann", FlashLevel.SUCCESS, "photo.added", "Cat");
		sender.send("ann", FlashLevel.ERROR, Text.of("import.failed", 3).link("/orders"));
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void actionsComeTheNewestFirst() {
		assertThat(actions).ofUser("ann")
			.containsExactly("photo.changed", "photo.added")
			.containsExactly(Text.of("photo.changed"), Text.of("photo.added", "Cat"))
			.containsExactlyInAnyOrder("photo.added", "photo.changed")
			.containsExactlyInAnyOrder(Text.of("photo.added", "Cat"), Text.of("photo.changed"));
		assertThat(actions).ofUser("bob").isEmpty();
	}

	@Test
	void messagesComeInTheOrderOfAddingAndStillWaitAfterwards() {
		for (int i = 0; i < 2; i++) {
			assertThat(sender).ofUser("ann").containsExactly("photo.added", "import.failed");
			assertThat(sender).ofUser("ann", FlashLevel.ERROR)
				.containsExactly(Text.of("import.failed", 3).link("/orders"));
		}
	}

	@Test
	void showsBothListsWhereTheOrderDiffers() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(actions).ofUser("ann").containsExactly("photo.added", "photo.changed"))
			.withMessageContainingAll("actions of ann, the newest first", "[photo.changed, photo.added]",
					"exactly, in this order", "[photo.added, photo.changed]");
	}

	@Test
	void showsBothListsWithArgumentsAndLinksWhereWholeTextsDiffer() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(sender).ofUser("ann", FlashLevel.ERROR)
				.containsExactly(Text.of("import.failed", 4).link("/orders")))
			.withMessageContainingAll("error messages for ann", "[import.failed[3] -> /orders]",
					"[import.failed[4] -> /orders]");
	}

	@Test
	void tellsHowOftenInAnyOrder() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(actions).ofUser("ann")
			.containsExactlyInAnyOrder("photo.added", "photo.changed", "photo.changed"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(actions).ofUser("ann").containsExactlyInAnyOrder("photo.added"));
	}

	@Test
	void showsWhatIsThereWhereNothingShouldBe() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(actions).ofUser("ann").as("after the visit").isEmpty())
			.withMessageContainingAll("after the visit", "photo.added[Cat]", "[]");
	}

}

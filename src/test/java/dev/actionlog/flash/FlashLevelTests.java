package dev.actionlog.flash;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FlashLevel}.
 */
class FlashLevelTests {

	@Test
	void namedLevelsHaveTheNumbersOfDjango() {
		assertThat(List.of(FlashLevel.DEBUG, FlashLevel.INFO, FlashLevel.SUCCESS, FlashLevel.WARNING, FlashLevel.ERROR))
			.extracting(FlashLevel::value)
			.containsExactly(10, 20, 25, 30, 40);
	}

	@Test
	void namesAreFoundInAnyCase() {
		assertThat(FlashLevel.valueOf("debug")).isEqualTo(FlashLevel.DEBUG);
		assertThat(FlashLevel.valueOf("Info")).isEqualTo(FlashLevel.INFO);
		assertThat(FlashLevel.valueOf("SUCCESS")).isEqualTo(FlashLevel.SUCCESS);
		assertThat(FlashLevel.valueOf(" warning ")).isEqualTo(FlashLevel.WARNING);
		assertThat(FlashLevel.valueOf("error")).isEqualTo(FlashLevel.ERROR);
	}

	@Test
	void anyNumberIsLevel() {
		assertThat(FlashLevel.valueOf("25")).isEqualTo(FlashLevel.SUCCESS);
		assertThat(FlashLevel.valueOf("29")).isEqualTo(new FlashLevel(29));
		assertThat(FlashLevel.valueOf("-1")).isEqualTo(new FlashLevel(-1));
	}

	@Test
	void rejectsNamesThatDoNotExist() {
		for (String name : List.of("", " ", "notice", "sucess", "2.5", "99999999999", "debug,info")) {
			assertThatIllegalArgumentException().isThrownBy(() -> FlashLevel.valueOf(name))
				.withMessage("No flash level is called '" + name + "'");
		}
	}

	@Test
	void onlyTheFiveHaveNames() {
		assertThat(FlashLevel.WARNING.name()).contains("warning");
		assertThat(new FlashLevel(30).name()).contains("warning");
		assertThat(new FlashLevel(29).name()).isEmpty();
	}

	@Test
	void isShownByNameOrElseByNumber() {
		assertThat(FlashLevel.ERROR).hasToString("error");
		assertThat(new FlashLevel(29)).hasToString("29");
	}

	@Test
	void isOrderedByNumber() {
		assertThat(Stream
			.of(FlashLevel.ERROR, new FlashLevel(29), FlashLevel.DEBUG, FlashLevel.WARNING, FlashLevel.INFO,
					FlashLevel.SUCCESS, new FlashLevel(Integer.MIN_VALUE), new FlashLevel(Integer.MAX_VALUE))
			.sorted()
			.map(FlashLevel::value)).containsExactly(Integer.MIN_VALUE, 10, 20, 25, 29, 30, 40, Integer.MAX_VALUE);
	}

}

package dev.actionlog.database;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Unreachable}.
 */
class UnreachableTests {

	@ParameterizedTest
	@ValueSource(strings = { "08006", "57P01", "57P02", "57P03", "25006", "90097" })
	void databaseThatIsAwayOrTakesNoChangesIsNoMistake(String state) {
		SQLException failure = new SQLException("x", state);
		assertThat(Unreachable.isCauseOf(failure)).isTrue();
		assertThat(Unreachable.isCauseOf(new UncategorizedSQLException("x", null, failure))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "42P01", "23505", "57014", "" })
	void anythingElseIsOne(String state) {
		assertThat(Unreachable.isCauseOf(new SQLException("x", state))).isFalse();
		assertThat(Unreachable.isCauseOf(new SQLException("x"))).isFalse();
		assertThat(Unreachable.isCauseOf(new IllegalStateException("x"))).isFalse();
	}

	@Test
	void failureOfTheDriverIsNoMistake() {
		assertThat(Unreachable.isCauseOf(new IllegalStateException(new DataAccessResourceFailureException("x"))))
			.isTrue();
	}

}

package dev.actionlog.app.account;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PasswordPolicy}.
 */
class PasswordPolicyTests {

	private final PasswordPolicy policy = new PasswordPolicy();

	@Test
	void countsCharactersAsAPersonDoes() {
		String squirrel = "\uD83D\uDC3F";
		assertThat(this.policy.objection("ann", squirrel.repeat(7))).contains("password.length");
		assertThat(this.policy.objection("ann", squirrel.repeat(8))).isEmpty();
		assertThat(this.policy.objection("ann", squirrel.repeat(64))).isEmpty();
		assertThat(this.policy.objection("ann", squirrel.repeat(65))).contains("password.length");
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "PASSWORD", "12345678", "Baseball" })
	void refusesCommonOnesInAnyCase(String password) {
		assertThat(this.policy.objection("ann", password)).contains("password.common");
	}

	@ParameterizedTest
	@CsvSource({ "annabelle, annabelle", "annabelle, AnnaBelle", "annabelle, 12annabelle!", "annabelle7, annabelle",
			"20262026, 20262026" })
	void refusesTheNameWithOrWithoutDigitsAndSignsAround(String username, String password) {
		assertThat(this.policy.objection(username, password)).contains("password.name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "annabelle likes nuts", "        x", "uncommon-enough" })
	void takesOthers(String password) {
		assertThat(this.policy.objection("annabelle", password)).isEmpty();
	}

}

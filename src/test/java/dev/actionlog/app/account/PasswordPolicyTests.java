package dev.actionlog.app.account;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import com.nulabinc.zxcvbn.StandardDictionaries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PasswordPolicy}.
 */
class PasswordPolicyTests {

	private final PasswordPolicy policy;

	PasswordPolicyTests() throws IOException {
		this.policy = new PasswordPolicy();
	}

	@Test
	void countsCharactersAsAPersonDoes() {
		assertThat(this.policy.objection("ann", animals(7))).contains("password.length");
		assertThat(this.policy.objection("ann", animals(8))).isEmpty();
		assertThat(this.policy.objection("ann", animals(64))).isEmpty();
		assertThat(this.policy.objection("ann", animals(65))).contains("password.length");
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "PASSWORD", "12345678", "Baseball", "Password1!", "p4ssw0rd", "P@$$w0rd",
			"        x", "aaaaaaaa", "abcabcabc", "qwertyuiop", "2026-11-25", "my actionlog" })
	void refusesWhatIsEasyToGuess(String password) {
		assertThat(this.policy.objection("ann", password)).contains("password.common");
	}

	/**
	 * All that are long enough of the 30,000 that are the most frequent in leaked data.
	 */
	@Test
	void refusesLeakedPasswords() throws IOException {
		List<String> leaked = StandardDictionaries.PASSWORDS_LOADER.load()
			.getFrequencies()
			.stream()
			.filter((password) -> password.length() >= PasswordPolicy.MIN_LENGTH)
			.toList();
		assertThat(leaked).hasSizeGreaterThan(3000).contains("l58jkdjp!");
		assertThat(leaked).filteredOn((password) -> this.policy.objection("ann", password).isEmpty()).isEmpty();
		assertThat(this.policy.objection("ann", "L58jkdjp!")).contains("password.common");
	}

	@ParameterizedTest
	@CsvSource({ "annabelle, annabelle", "annabelle, AnnaBelle", "annabelle, 12annabelle!", "annabelle7, annabelle",
			"20262026, 20262026", "annabelle, actionlog", "annabelle, ActionLog", "annabelle, Actionlog1!" })
	void refusesTheNameAndTheApplicationsWithOrWithoutDigitsAndSignsAround(String username, String password) {
		assertThat(this.policy.objection(username, password)).contains("password.name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "annabelle likes nuts", "uncommon-enough", "xK9#mQ2!", "$%@!(+<|" })
	void takesOthers(String password) {
		assertThat(this.policy.objection("annabelle", password)).isEmpty();
	}

	/**
	 * Hours, where each digit is a place to look for the end of the digits.
	 */
	@Test
	@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
	void looksAtEachCharacterOfALongNameOnce() {
		assertThat(this.policy.objection("a" + "1".repeat(1_000_000) + "a", "uncommon-enough")).isEmpty();
		assertThat(this.policy.objection("ann", "a" + "1".repeat(10_000_000) + "a")).contains("password.length");
	}

	/**
	 * Minutes, where each combination of what the signs can stand for is tried.
	 */
	@Test
	@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
	void manySignsCostNotMuchMoreThanLetters() {
		String signs = "<$[3@{1(2(64{47+98++18|!!25!1[644@|$058%(90$76930@%<<827|(5{[%3@";
		for (int i = 0; i < 20; i++) {
			assertThat(this.policy.objection("ann", signs.substring(i) + signs.substring(0, i))).isEmpty();
		}
	}

	/**
	 * A text of different characters of two UTF-16 units each.
	 */
	private static String animals(int length) {
		return IntStream.range(0, length)
			.map((i) -> 0x1F400 + (i * 37) % 64)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}

package dev.actionlog.app.profile;

import java.util.regex.Pattern;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for changing the name, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class NameIT {

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	NameIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void theNewNameIsShownAndRecorded() {
		Answer answer = change(" Ana Luíza \uD83D\uDC3F ");
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/profile");
		Answer profile = this.browser.get("/profile");
		assertThat(profile.text()).contains(">Ana Luíza \uD83D\uDC3F</h2>");
		assertThat(this.browser.get("/profile/edit").text()).contains("value=\"Ana Luíza \uD83D\uDC3F\"");
		assertThat(profile.actions()).containsExactly("Name changed to Ana Luíza \uD83D\uDC3F", "Signed up");
		assertThat(this.app.log(this.name)).containsExactly("name.changed", "signed.up");
	}

	@Test
	void isNeverTakenForHtmlOrForAPattern() {
		change("<b>&\"' {0} #{x} ${1}");
		Answer profile = this.browser.get("/profile");
		assertThat(profile.text()).doesNotContain("<b>")
			.contains("&lt;b&gt;&amp;&quot;&#39; {0} #{x} ${1}</h2>",
					"Name changed to &lt;b&gt;&amp;&quot;&#39; {0} #{x} ${1}</span>");
		assertThat(this.browser.get("/profile/edit").text()).doesNotContain("<b>")
			.contains("value=\"&lt;b&gt;&amp;&quot;&#39; {0} #{x} ${1}\"");
		assertThat(this.browser.with("Accept", "application/json").get("/profile/actions").text())
			.contains("\"text\":\"Name changed to <b>&\\\"' {0} #{x} ${1}\"");
	}

	@Test
	void theSameNameIsNoChange() {
		change("Ann");
		this.browser.get("/profile");
		assertThat(change(" Ann ").location()).isEqualTo("/profile");
		Answer profile = this.browser.get("/profile");
		assertThat(profile.messages()).isEmpty();
		assertThat(profile.actions()).containsExactly("Name changed to Ann", "Signed up");
		change("ann");
		assertThat(this.browser.get("/profile").messages()).containsExactly("Name changed to ann");
	}

	@Test
	void aNameOfDigitsStaysText() {
		change("007");
		assertThat(this.browser.get("/profile").actions()).containsExactly("Name changed to 007", "Signed up");
	}

	@Test
	void anInvalidNameIsAFieldErrorAndStaysInTheForm() {
		assertRefused(change(""), "Enter a name.", "");
		assertRefused(change(" \t "), "Enter a name.", "");
		assertRefused(change("\u200b\u3164"), "Enter a name.", "\u200b\u3164");
		assertRefused(this.browser.post("/profile/name"), "Enter a name.", "");
		assertRefused(change("x".repeat(81)), "Use at most 80 characters.", "x".repeat(81));
		assertRefused(change("\u0007".repeat(81)), "Use at most 80 characters.", "\u0007".repeat(81));
		assertRefused(change("\u0007"), "Enter a name. Use letters, signs and spaces only.", "\u0007");
		assertRefused(change("a\u0000<b>"), "Use letters, signs and spaces only.", "a&#0;&lt;b&gt;");
		assertRefused(change("a\u0007b"), "Use letters, signs and spaces only.", "a\u0007b");
		assertThat(this.browser.get("/profile").text()).contains(">" + this.name + "</h2>");
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void takesEightyCharacters() {
		assertThat(change("x".repeat(80)).status()).isEqualTo(303);
		assertThat(this.browser.get("/profile").text()).contains("<h2 id=\"person\" dir=\"auto\">" + "x".repeat(80));
	}

	private Answer change(String displayName) {
		return this.browser.post("/profile/name", "name", displayName);
	}

	private static void assertRefused(Answer answer, String words, String kept) {
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.title()).isEqualTo("Edit profile");
		assertThat(answer.errors()).containsExactly(words);
		assertThat(answer.text()).containsPattern("\\svalue=\"" + Pattern.quote(kept) + "\"\\s+aria-invalid=\"true\"");
	}

}

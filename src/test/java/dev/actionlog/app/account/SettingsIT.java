package dev.actionlog.app.account;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the language and the time zone in the settings, on both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
class SettingsIT {

	private final App app;

	private final String name = App.newName();

	private final Browser browser;

	SettingsIT(Database database) {
		this.app = App.on(database);
		this.browser = this.app.signUp(this.name);
	}

	@Test
	void languageAndZoneAreThoseOfEveryPage() {
		Answer answer = change("pt-BR", "America/Sao_Paulo");
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo("/settings");
		Answer settings = this.browser.get("/settings");
		assertThat(settings.title()).isEqualTo("Configurações");
		assertThat(settings.text()).contains("<html lang=\"pt-BR\">", "value=\"America/Sao_Paulo\"");
		assertThat(this.browser.get("/profile/actions").actions()).containsExactly(
				"Fuso horário: de " + ZoneId.systemDefault().getId() + " para America/Sao_Paulo",
				"Idioma: de English para Português (Brasil)", "Conta criada");
		assertThat(this.browser.get("/nowhere").title()).isEqualTo("Página não encontrada");
		assertThat(this.browser.post("/profile/name", "name", "").errors()).containsExactly("Digite um nome.");
		assertThat(this.browser.with("Accept", "application/json").get("/profile/actions").text())
			.contains("\"text\":\"Conta criada\"");
	}

	@Test
	void onlyWhatChangedIsRecordedAndSaid() {
		String zone = ZoneId.systemDefault().getId();
		this.browser.get("/profile");
		change("en", zone);
		assertThat(this.browser.get("/settings").messages()).isEmpty();
		change("pt-BR", zone);
		assertThat(this.browser.get("/settings").messages())
			.containsExactly("Idioma: de English para Português (Brasil)");
		change("pt-BR", "Asia/Tokyo");
		assertThat(this.browser.get("/settings").messages())
			.containsExactly("Fuso horário: de " + zone + " para Asia/Tokyo");
		change("en", "Asia/Tokyo");
		assertThat(this.browser.get("/settings").messages()).containsExactly("Language: Português (Brasil) to English");
		assertThat(this.app.log(this.name)).containsExactly("language.changed", "time-zone.changed", "language.changed",
				"signed.up");
	}

	@Test
	void timesAreWrittenInTheLanguageAndTheZone() {
		Instant recorded = this.app.jdbc()
			.sql("""
					select recorded_at from actionlog_action where username = ?
					""")
			.param(this.name)
			.query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.single();
		change("pt-BR", "America/Sao_Paulo");
		ZonedDateTime brazil = recorded.atZone(ZoneId.of("America/Sao_Paulo"));
		assertThat(this.browser.get("/profile").text()).contains(
				DateTimeFormatter.ofPattern("'>'EEEE, d 'de' MMMM 'de' yyyy'</time>'", Locale.forLanguageTag("pt-BR"))
					.format(brazil),
				DateTimeFormatter.ofPattern("'>'HH:mm'</time>'").format(brazil));
		change("en", "Pacific/Kiritimati");
		ZonedDateTime kiribati = recorded.atZone(ZoneId.of("Pacific/Kiritimati"));
		assertThat(this.browser.get("/profile").text()).contains(
				DateTimeFormatter.ofPattern("'>'EEEE, d MMMM yyyy'</time>'", Locale.ENGLISH).format(kiribati),
				DateTimeFormatter.ofPattern("'>'HH:mm'</time>'").format(kiribati));
	}

	@ParameterizedTest
	@CsvSource({ "' Europe/Lisbon ', Europe/Lisbon", "europe/lisbon, Europe/Lisbon", "Lisbon, Europe/Lisbon",
			"São Paulo, America/Sao_Paulo", "istanbul, Asia/Istanbul", "Buenos Aires, America/Argentina/Buenos_Aires",
			"singapore, Singapore", "utc, UTC", "EST5EDT, EST5EDT" })
	void aZoneIsFoundByItsNameOrCityInAnyCase(String typed, String zone) {
		assertThat(change("en", typed).status()).isEqualTo(303);
		assertThat(this.browser.get("/settings").text()).contains("value=\"" + zone + "\"\n");
	}

	@Test
	void theListHasPlacesOnly() {
		assertThat(this.browser.get("/settings").text())
			.contains("<option value=\"America/Sao_Paulo\" label=\"America/Sao_Paulo – Brasilia Time\">",
					"<option value=\"UTC\"")
			.doesNotContain("<option value=\"SystemV", "<option value=\"Etc/", "<option value=\"EST5EDT");
	}

	@Test
	void theNamesOfTheListAreFoundOnceALanguage() {
		change("pt-BR", "UTC");
		assertThat(this.browser.get("/settings").text()).contains("label=\"America/Sao_Paulo – Horário de Brasília\"");
		SettingsController settings = this.app.bean(SettingsController.class);
		for (Locale language : AccountLocaleResolver.LANGUAGES) {
			assertThat(settings.named(language)).isSameAs(settings.named(language)).isUnmodifiable();
		}
	}

	@Test
	void thePageShowsWhatIsSet() {
		change("pt-BR", "Asia/Tokyo");
		assertThat(this.browser.get("/settings").text())
			.containsPattern("<option value=\"pt-BR\" lang=\"pt-BR\"\\s+selected=\"selected\">Português \\(Brasil\\)<")
			.containsPattern("name=\"timeZone\"[^>]*value=\"Asia/Tokyo\"");
	}

	@Test
	void unknownValuesAreFieldErrorsAndStayInTheForm() {
		Answer answer = change("tlh", "Mars/Olympus_<Mons>");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("Choose one of the languages of the list.",
				"Choose a time zone of the list, such as Europe/Lisbon.");
		assertThat(answer.text()).contains("value=\"Mars/Olympus_&lt;Mons&gt;\"");
		assertThat(this.browser.post("/settings").errors()).hasSize(2);
		assertThat(this.app.log(this.name)).containsExactly("signed.up");
	}

	@Test
	void whatIsTooLongIsAFieldErrorAndStaysInTheForm() {
		String typed = "x".repeat(20_000);
		Answer answer = change(typed, typed);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).containsExactly("Choose one of the languages of the list.",
				"Choose a time zone of the list, such as Europe/Lisbon.");
		assertThat(answer.text()).contains("value=\"" + typed + "\"");
	}

	/**
	 * Hours, where marks are put in their order by moving each past those before it.
	 */
	@Test
	@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
	void doesNotSearchForATextThatIsLongerThanAnyZone() {
		String typed = "\u0301".repeat(1_000_000) + "\u0316".repeat(1_000_000);
		assertThat(new SettingsController.SettingsForm("en", typed).timeZone()).isEqualTo(typed);
	}

	private Answer change(String language, String timeZone) {
		return this.browser.post("/settings", "language", language, "timeZone", timeZone);
	}

}

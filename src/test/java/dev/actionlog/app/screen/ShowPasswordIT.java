package dev.actionlog.app.screen;

import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.actionlog.testing.App;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the button that shows a password.
 */
@NullUnmarked
class ShowPasswordIT extends BrowserIT {

	@ParameterizedTest
	@CsvSource({ "/sign-up, en, Show password", "/login, pt-BR, Mostrar senha" })
	void showsWhatIsTypedAndHidesItAgainWithTheKeyboard(String path, String language, String name) {
		Page page = open(new Browser.NewContextOptions().setLocale(language));
		page.navigate(path);
		page.fill("#password", "secret words");
		page.focus("#password");
		page.keyboard().press("Tab");
		assertThat(page.evaluate("document.activeElement.ariaLabel")).isEqualTo(name);
		page.keyboard().press("Enter");
		assertThat(page.getAttribute("#password", "type")).isEqualTo("text");
		assertThat(page.getAttribute(".show-password button", "aria-pressed")).isEqualTo("true");
		assertThat(page.inputValue("#password")).isEqualTo("secret words");
		page.keyboard().press("Space");
		assertThat(page.getAttribute("#password", "type")).isEqualTo("password");
		assertThat(page.getAttribute(".show-password button", "aria-pressed")).isEqualTo("false");
		assertThat(page.url()).endsWith(path);
	}

	@Test
	void eachFieldOfTheProfileHasItsOwnWhichIsDescribedByTheLabel() {
		Page page = open();
		signUp(page);
		page.navigate("/profile/edit");
		assertThat(page.locator(".show-password button").all())
			.extracting((button) -> page.textContent("#" + button.getAttribute("aria-describedby")))
			.containsExactly("Current password", "New password");
		page.fill("#currentPassword", "one");
		page.click("#newPassword + .show-password button");
		assertThat(page.getAttribute("#newPassword", "type")).isEqualTo("text");
		assertThat(page.getAttribute("#currentPassword", "type")).isEqualTo("password");
	}

	@Test
	void thePasswordIsHiddenWhileItIsSent() {
		Page page = open();
		page.navigate("/sign-up");
		page.fill("#username", App.newName());
		page.fill("#password", App.PASSWORD);
		page.click(".show-password button");
		// stays on the page, so that the field can be looked at
		page.route("**/sign-up",
				(route) -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(204)));
		page.click("main form button:not([type])");
		assertThat(page.getAttribute("#password", "type")).isEqualTo("password");
	}

	@ParameterizedTest
	@ValueSource(ints = { 320, 1280 })
	void liesOnTheEndOfItsField(int width) {
		Page page = open(new Browser.NewContextOptions().setLocale("pt-BR").setViewportSize(width, 640));
		page.navigate("/sign-up");
		assertThat(page.evaluate("""
				() => {
					const field = document.querySelector('#password').getBoundingClientRect();
					const button = document.querySelector('.show-password button').getBoundingClientRect();
					return [button.top > field.top, button.bottom < field.bottom, button.right < field.right,
						button.width < field.width / 2];
				}""")).isEqualTo(List.of(true, true, true, true));
	}

	@Test
	void isNotThereWithoutScripts() {
		Page page = open(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(false));
		page.navigate("/sign-up");
		assertThat(page.locator("main button").allInnerTexts()).containsExactly("Sign up");
	}

}

package dev.actionlog.app.screen;

import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashDraft;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Pictures;
import dev.actionlog.testing.SetClock;

import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.actionlog.app.screen.BrowserIT.bean;
import static dev.actionlog.app.screen.BrowserIT.leave;
import static dev.actionlog.app.screen.BrowserIT.say;
import static dev.actionlog.app.screen.BrowserIT.signInAsAdmin;
import static dev.actionlog.app.screen.BrowserIT.signUp;

/**
 * The pages of the application in all their states, each with the steps that lead to it.
 */
enum Place {

	HOME((page, language) -> page.navigate("/")),

	SIGN_UP((page, language) -> page.navigate("/sign-up")),

	SIGN_UP_WITH_ERRORS((page, language) -> {
		page.navigate("/sign-up");
		page.fill("#username", "?");
		page.fill("#password", "password");
		page.click("main form button:not([type])");
	}),

	LOGIN_WITH_ERROR((page, language) -> page.navigate("/login?error")),

	PROFILE((page, language) -> {
		String name = signUp(page);
		changePhoto(page, language);
		leave(page);
		ActionService actions = bean(ActionService.class);
		for (int i = 0; i < 3; i++) {
			actions.recordFor(name, "photo.changed");
		}
		actions.recordFor(name, "language.changed", "English", "Português (Brasil)");
		actions.recordFor(name, "name.changed", "Ann Almeida");
		MessagesIT.sendAll(page, name);
		page.navigate("/profile");
	}),

	PROFILE_WITH_MANY_ACTIONS_AND_MESSAGES((page, language) -> {
		String name = signUp(page);
		leave(page);
		ActionService actions = bean(ActionService.class);
		actions.setKeep(name, 100);
		for (int i = 0; i < 30; i++) {
			actions.recordFor(name, "name.changed", "Ann " + i);
			bean(FlashSender.class).send(name, FlashLevel.INFO, "Message " + i);
		}
		page.navigate("/profile");
	}),

	PROFILE_WITH_ALL_OPEN((page, language) -> {
		PROFILE_WITH_MANY_ACTIONS_AND_MESSAGES.open(page, language);
		page.locator("main summary").all().forEach((summary) -> summary.click());
	}),

	EDIT_PROFILE((page, language) -> {
		signUp(page);
		changePhoto(page, language);
		page.navigate("/profile/edit");
	}),

	NAME_WITH_ERROR((page, language) -> {
		signUp(page);
		page.navigate("/profile/edit");
		page.fill("#name", " ");
		click(page, language, "name.send");
	}),

	PASSWORD_WITH_ERRORS((page, language) -> {
		signUp(page);
		page.navigate("/profile/edit");
		page.fill("#currentPassword", "wrong");
		page.fill("#newPassword", "short");
		click(page, language, "password.send");
	}),

	PROFILE_WITHOUT_ACTIONS((page, language) -> {
		signUp(page);
		click(page, language, "actions.clear");
		click(page, language, "actions.clear.send");
	}),

	ACTIONS((page, language) -> {
		PROFILE_WITH_MANY_ACTIONS_AND_MESSAGES.open(page, language);
		page.navigate("/profile/actions");
	}),

	KEEPING_FEWER_ACTIONS((page, language) -> {
		PROFILE_WITH_MANY_ACTIONS_AND_MESSAGES.open(page, language);
		click(page, language, "keep.title");
		page.fill("#keep", "5");
		click(page, language, "keep.send");
	}),

	ACTIONS_WITH_ERROR((page, language) -> {
		signUp(page);
		click(page, language, "keep.title");
		page.fill("#keep", "101");
		click(page, language, "keep.send");
	}),

	RECOVERY_CODE((page, language) -> {
		page.navigate("/sign-up");
		page.fill("#username", App.newName());
		page.fill("#password", App.PASSWORD);
		page.click("main form button:not([type])");
		page.waitForURL("**/recovery-code");
	}),

	RECOVERY_WITH_ERRORS((page, language) -> {
		page.navigate("/recover");
		page.fill("#username", "nobody");
		page.fill("#newPassword", "short");
		page.click("main form button:not([type])");
	}),

	CONFIRMATION((page, language) -> {
		signUp(page);
		bean(SetClock.class).advance(Duration.ofMinutes(16));
		page.navigate("/settings/export");
		click(page, language, "export.send");
		page.fill("#password", "wrong");
		page.click("main form button:not([type])");
	}),

	SETTINGS((page, language) -> {
		signUp(page);
		page.navigate("/settings");
	}),

	EXPORT((page, language) -> {
		signUp(page);
		page.navigate("/settings/export");
	}),

	EXPORT_READY((page, language) -> {
		signUp(page);
		page.navigate("/settings/export");
		click(page, language, "export.send");
		page.waitForCondition(() -> {
			page.navigate("/settings/export");
			return page.locator("#export a.button").count() > 0;
		});
	}),

	SETTINGS_WITH_ERROR((page, language) -> {
		signUp(page);
		page.navigate("/settings");
		page.fill("#timeZone", "Mars/Base");
		click(page, language, "settings.send");
	}),

	SECURITY_WITH_A_NEW_SIGN_IN((page, language) -> {
		String name = signUp(page);
		bean(JdbcClient.class).sql("""
				insert into security_event
					(username, type, recorded_at, times, device, browser, system, network, answer)
				select username, type, recorded_at, times, 'another', 'Firefox', 'Linux', network, 'waiting'
				from security_event where username = ?
				""").param(name).update();
		page.navigate("/settings/security");
	}),

	PASSKEYS_WITH_ERROR((page, language) -> {
		signUp(page);
		bean(SetClock.class).advance(Duration.ofMinutes(16));
		page.navigate("/settings/passkeys");
		click(page, language, "passkeys.go-on");
	}),

	ADDING_A_PASSKEY((page, language) -> {
		signUp(page);
		PasskeyIT.enterPassword(page, language);
		PasskeyIT.add(page, language, "");
	}),

	MESSAGES((page, language) -> {
		MessagesIT.sendAll(page, signUp(page));
		page.navigate("/profile");
		page.navigate("/messages");
	}),

	MESSAGES_BEHIND_THE_BELL((page, language) -> {
		String name = signUp(page);
		leave(page);
		bean(FlashSender.class).send(name,
				FlashDraft.of(FlashLevel.ERROR, "export.failed").action("/settings/export", "export.again"));
		page.navigate("/settings");
		page.click("nav summary");
		page.waitForSelector("#recent-messages li");
	}),

	ADMIN_LIST((page, language) -> {
		AdminIT.compose(page, signInAsAdmin(page));
		AdminIT.publish(page);
		AdminIT.composePlanned(page);
		AdminIT.publish(page);
	}),

	ADMIN_FORM_WITH_ERRORS((page, language) -> {
		signInAsAdmin(page);
		page.navigate("/admin/messages/compose");
		page.fill("#link", "nowhere");
		page.fill("#recipients", "nobody");
		click(page, language, "admin.preview");
	}),

	ADMIN_PREVIEW_WITH_ERROR((page, language) -> {
		String name = signInAsAdmin(page);
		bean(SetClock.class).advance(Duration.ofMinutes(16));
		AdminIT.compose(page, name);
		click(page, language, "admin.publish");
	}),

	ADMIN_WITHDRAWAL((page, language) -> {
		AdminIT.compose(page, signInAsAdmin(page));
		AdminIT.publish(page);
		page.locator("a[href$=withdraw]").first().click();
	}),

	EXPIRED_FORM((page, language) -> {
		signUp(page);
		page.navigate("/profile/edit");
		page.fill("#name", "Ann Almeida");
		page.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName("XSRF-TOKEN"));
		click(page, language, "name.send");
	}),

	NOT_FOUND((page, language) -> {
		signUp(page);
		page.navigate("/nowhere");
	}),

	FAILING((page, language) -> {
		signUp(page);
		page.navigate("/failing");
	});

	@SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
	private final BiConsumer<Page, Locale> way;

	Place(BiConsumer<Page, Locale> way) {
		this.way = way;
	}

	/**
	 * Takes the steps.
	 * @param page a page of a browser of its own
	 * @param language the language of that browser
	 */
	void open(Page page, Locale language) {
		this.way.accept(page, language);
	}

	private static void changePhoto(Page page, Locale language) {
		page.navigate("/profile/edit");
		page.setInputFiles("#photo", new FilePayload("a.jpg", "image/jpeg", Pictures.jpeg(200, 100)));
		click(page, language, "photo.add");
		page.waitForURL("**/profile");
		page.waitForSelector("img[src^='/profile/photo']");
	}

	private static void click(Page page, Locale language, String code) {
		page.click("main >> text='" + say(language, code) + "'");
	}

}

package dev.actionlog.app.account;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import dev.actionlog.flash.FlashMessages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The settings of an account: language and time zone, and the account's end.
 */
@Controller
@RequestMapping("/settings")
class SettingsController {

	private final AccountService accounts;

	private final FlashMessages flash;

	private final SecurityContextLogoutHandler logout = new SecurityContextLogoutHandler();

	SettingsController(AccountService accounts, FlashMessages flash) {
		this.accounts = accounts;
		this.flash = flash;
	}

	@ModelAttribute("languages")
	List<Locale> languages() {
		return AccountLocaleResolver.LANGUAGES;
	}

	@ModelAttribute("zones")
	Set<String> zones() {
		return new TreeSet<>(ZoneId.getAvailableZoneIds());
	}

	@GetMapping
	String settings(@RequestAttribute Account account, Model model) {
		return page(account, model);
	}

	@PostMapping
	String change(@RequestAttribute Account account, @ModelAttribute("settings") SettingsForm form,
			BindingResult errors, Model model, HttpServletResponse response) {
		Locale language = Locale.forLanguageTag(form.language());
		if (!AccountLocaleResolver.LANGUAGES.contains(language)) {
			errors.rejectValue("language", "settings.language.unknown");
		}
		if (!ZoneId.getAvailableZoneIds().contains(form.timeZone())) {
			errors.rejectValue("timeZone", "settings.zone.unknown");
		}
		if (errors.hasErrors()) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			return page(account, model);
		}
		this.accounts.changeSettings(account.getUsername(), language, ZoneId.of(form.timeZone()));
		return "redirect:/settings";
	}

	@PostMapping("/delete")
	String delete(@RequestAttribute Account account, @ModelAttribute("deletion") DeletionForm form,
			BindingResult errors, Model model, HttpServletRequest request, HttpServletResponse response) {
		if (!this.accounts.isPassword(account.getUsername(), form.password())) {
			errors.rejectValue("password", "password.wrong");
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			return page(account, model);
		}
		this.accounts.delete(account.getUsername());
		this.logout.logout(request, response, null);
		this.flash.success("account.deleted");
		return "redirect:/";
	}

	private static String page(Account account, Model model) {
		if (!model.containsAttribute("settings")) {
			model.addAttribute("settings",
					new SettingsForm(account.getLanguage().toLanguageTag(), account.getTimeZone().getId()));
		}
		if (!model.containsAttribute("deletion")) {
			model.addAttribute("deletion", new DeletionForm(""));
		}
		return "settings";
	}

	record SettingsForm(String language, String timeZone) {

		SettingsForm(@Nullable String language, @Nullable String timeZone) {
			this.language = (language != null) ? language : "";
			this.timeZone = (timeZone != null) ? timeZone : "";
		}

	}

	record DeletionForm(String password) {

		DeletionForm(@Nullable String password) {
			this.password = (password != null) ? password : "";
		}

	}

}

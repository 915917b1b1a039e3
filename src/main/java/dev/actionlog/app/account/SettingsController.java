package dev.actionlog.app.account;

import java.text.Normalizer;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.actionlog.app.session.Sessions;
import dev.actionlog.flash.FlashMessages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.authentication.logout.CompositeLogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
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
 * Endpoints of the settings page: language, time zone, and deleting the account.
 */
@Controller
@RequestMapping("/settings")
class SettingsController {

	/** The zones with the names of places, without those kept for old systems. */
	private static final String PLACES = "(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+";

	private static final Map<String, String> LANGUAGES = AccountLocaleResolver.LANGUAGES.stream()
		.collect(Collectors.toMap(Locale::toLanguageTag, AccountLocaleResolver::nameOf, (first, second) -> first,
				LinkedHashMap::new));

	/**
	 * The zones with their names, which are slow to find and do not change with the date.
	 * There is one entry a language of the application, because AccountLocaleResolver has
	 * no others.
	 */
	private final Map<Locale, SortedMap<String, String>> zones = new ConcurrentHashMap<>();

	private final AccountService accounts;

	private final FlashMessages flash;

	private final Sessions sessions;

	private final LogoutHandler logout = new CompositeLogoutHandler(SecurityConfiguration.clearSiteData(),
			new SecurityContextLogoutHandler());

	SettingsController(AccountService accounts, FlashMessages flash, Sessions sessions) {
		this.accounts = accounts;
		this.flash = flash;
		this.sessions = sessions;
	}

	/**
	 * The languages by their tags, with what they call themselves.
	 */
	@ModelAttribute("languages")
	Map<String, String> languages() {
		return LANGUAGES;
	}

	/**
	 * The zones with their names: those of the continent of the account's zone first,
	 * because people choose among them most often.
	 */
	@ModelAttribute("zones")
	List<Map.Entry<String, String>> zones(@RequestAttribute Account account, Locale locale) {
		String own = continent(account.getTimeZone().getId());
		return named(locale).entrySet()
			.stream()
			// stable, so that each part stays in the order of the alphabet
			.sorted(Comparator.comparing((zone) -> !continent(zone.getKey()).equals(own)))
			.toList();
	}

	SortedMap<String, String> named(Locale language) {
		return this.zones.computeIfAbsent(language, SettingsController::find);
	}

	private static String continent(String zone) {
		return zone.replaceFirst("/.*", "");
	}

	private static SortedMap<String, String> find(Locale language) {
		SortedMap<String, String> zones = new TreeMap<>();
		zones((id) -> id.equals("UTC") || id.matches(PLACES))
			.forEach((id) -> zones.put(id, ZoneId.of(id).getDisplayName(TextStyle.FULL, language)));
		return Collections.unmodifiableSortedMap(zones);
	}

	/**
	 * The zone with the typed name, in any case and with spaces and accents, or with the
	 * typed city.
	 */
	private static String canonical(String typed) {
		if (typed.length() > Account.MAX_TIME_ZONE_LENGTH) {
			return typed;
		}
		String wanted = Normalizer.normalize(typed.strip(), Normalizer.Form.NFD)
			.replaceAll("\\p{M}", "")
			.replace(' ', '_');
		List<String> named = zones((id) -> id.equalsIgnoreCase(wanted));
		List<String> cities = zones(
				(id) -> id.matches(PLACES) && id.substring(id.lastIndexOf('/') + 1).equalsIgnoreCase(wanted));
		if (!named.isEmpty()) {
			return named.get(0);
		}
		// Buenos Aires has two names, and Nicosia is on two continents
		return (cities.stream().map((id) -> ZoneId.of(id).getRules()).distinct().count() == 1) ? cities.get(0) : typed;
	}

	private static List<String> zones(Predicate<String> which) {
		return ZoneId.getAvailableZoneIds().stream().filter(which).sorted().toList();
	}

	@GetMapping
	String settings(@RequestAttribute Account account, Model model) {
		return page(account, model);
	}

	@PostMapping
	String change(@RequestAttribute Account account, @ModelAttribute("settings") SettingsForm form,
			BindingResult errors, Model model) {
		Optional<Locale> language = AccountLocaleResolver.LANGUAGES.stream()
			.filter((spoken) -> spoken.toLanguageTag().equals(form.language()))
			.findFirst();
		if (language.isEmpty()) {
			errors.rejectValue("language", "settings.language.unknown");
		}
		if (!ZoneId.getAvailableZoneIds().contains(form.timeZone())) {
			errors.rejectValue("timeZone", "settings.zone.unknown");
		}
		if (errors.hasErrors()) {
			return page(account, model);
		}
		this.accounts.changeSettings(account, language.orElseThrow(), ZoneId.of(form.timeZone()));
		return "redirect:/settings";
	}

	/**
	 * The address of the form that was refused, after a reload.
	 */
	@GetMapping("/delete")
	String form() {
		return "redirect:/settings";
	}

	@PostMapping("/delete")
	String delete(@RequestAttribute Account account, @ModelAttribute("deletion") DeletionForm form,
			BindingResult errors, Model model, HttpServletRequest request, HttpServletResponse response) {
		Optional<String> error = this.accounts.passwordError(account, form.password(), request.getRemoteAddr());
		if (error.isPresent()) {
			errors.rejectValue("password", error.get());
			return page(account, model);
		}
		this.accounts.delete(account);
		this.sessions.end(account.getUsername(), (start) -> true);
		this.logout.logout(request, response, null);
		this.flash.success("account.deleted");
		return "redirect:/";
	}

	private static String page(Account account, Model model) {
		if (!model.containsAttribute("settings")) {
			model.addAttribute("settings",
					new SettingsForm(account.getLanguage().toLanguageTag(), account.getTimeZone().getId()));
		}
		return "settings";
	}

	record SettingsForm(String language, String timeZone) {

		SettingsForm(@Nullable String language, @Nullable String timeZone) {
			this.language = (language != null) ? language : "";
			this.timeZone = (timeZone != null) ? canonical(timeZone) : "";
		}

	}

	record DeletionForm(String password) {

		DeletionForm(@Nullable String password) {
			this.password = (password != null) ? password : "";
		}

	}

}

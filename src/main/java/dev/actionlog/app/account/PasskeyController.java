package dev.actionlog.app.account;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;

import dev.actionlog.app.account.PasswordConfirmation.ConfirmationForm;
import dev.actionlog.flash.FlashMessages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.registration.HttpSessionPublicKeyCredentialCreationOptionsRepository;
import org.springframework.security.web.webauthn.registration.PublicKeyCredentialCreationOptionsRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Endpoints of the page with the passkeys. They are added and removed only where the
 * password was entered lately, so that an open session alone is not enough.
 */
@Controller
@RequestMapping("/settings/passkeys")
class PasskeyController {

	private static final String TO_PAGE = "redirect:/settings/passkeys";

	private final PasskeyService passkeys;

	private final PasswordConfirmation password;

	private final FlashMessages flash;

	private final PublicKeyCredentialCreationOptionsRepository begun = new HttpSessionPublicKeyCredentialCreationOptionsRepository();

	PasskeyController(PasskeyService passkeys, PasswordConfirmation password, FlashMessages flash) {
		this.passkeys = passkeys;
		this.password = password;
		this.flash = flash;
	}

	@GetMapping
	String page(@RequestAttribute Account account, HttpServletRequest request, Locale locale, Model model) {
		DateTimeFormatter day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
			.withLocale(locale)
			.withZone(account.getTimeZone());
		List<Passkey> passkeys = this.passkeys.find(account.getUsername())
			.stream()
			.map((passkey) -> Passkey.of(passkey, day))
			.toList();
		model.addAttribute("passkeys", passkeys);
		model.addAttribute("full", passkeys.size() >= PasskeyService.MAX_PASSKEYS);
		model.addAttribute("confirmed", this.password.isRecent(request));
		return "passkeys";
	}

	/**
	 * The addresses of forms that were refused, after a reload.
	 */
	@GetMapping({ "/password", "/remove" })
	String form() {
		return TO_PAGE;
	}

	@PostMapping("/password")
	String enterPassword(@RequestAttribute Account account, @ModelAttribute("passwordEntry") ConfirmationForm form,
			BindingResult errors, HttpServletRequest request, Locale locale, Model model) {
		if (this.password.isRight(account, form, errors, request)) {
			return TO_PAGE;
		}
		String page = page(account, request, locale, model);
		// the form that has the error, also where the password was entered lately
		model.addAttribute("confirmed", false);
		return page;
	}

	/**
	 * Answers the script with what the device needs to make a passkey.
	 */
	@PostMapping(path = "/options", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<String> begin(@RequestAttribute Account account, Authentication user, HttpServletRequest request,
			HttpServletResponse response) {
		if (!this.password.isRecent(request)) {
			return ResponseEntity.status(HttpStatus.FORBIDDEN).build();
		}
		PublicKeyCredentialCreationOptions options = this.passkeys.begin(account, user);
		this.begun.save(request, response, options);
		return ResponseEntity.ok(PasskeyJson.write(options));
	}

	@PostMapping
	String add(@RequestAttribute Account account, @Valid @ModelAttribute("passkeyForm") PasskeyForm form,
			BindingResult errors, HttpServletRequest request, HttpServletResponse response, Locale locale,
			Model model) {
		if (!this.password.isRecent(request)) {
			return askAgain();
		}
		if (!errors.hasErrors()) {
			PublicKeyCredentialCreationOptions options = this.begun.load(request);
			this.begun.save(request, response, null);
			this.passkeys.add(account, options, form.credential(), form.name())
				.ifPresent((code) -> errors.rejectValue("name", code));
		}
		return errors.hasErrors() ? page(account, request, locale, model) : TO_PAGE;
	}

	@PostMapping("/remove")
	String remove(@RequestAttribute Account account, @RequestParam(defaultValue = "") String id,
			HttpServletRequest request) {
		if (!this.password.isRecent(request)) {
			return askAgain();
		}
		this.passkeys.remove(account, id);
		return TO_PAGE;
	}

	private String askAgain() {
		this.flash.warning("passkeys.password.again");
		return TO_PAGE;
	}

	record Passkey(String id, String name, Instant created, String addedOn, String usedOn) {

		static Passkey of(CredentialRecord passkey, DateTimeFormatter day) {
			return new Passkey(passkey.getCredentialId().toBase64UrlString(), passkey.getLabel(), passkey.getCreated(),
					day.format(passkey.getCreated()), day.format(passkey.getLastUsed()));
		}

	}

	record PasskeyForm(
			@Size(max = PasskeyService.MAX_NAME_LENGTH, message = "{passkeys.name.length}") @Pattern(
					regexp = Account.VISIBLE,
					message = "{name.blank}") @Pattern(regexp = "\\P{Cntrl}*", message = "{name.control}") String name,
			@Nullable String credential) {

		PasskeyForm(@Nullable String name, @Nullable String credential) {
			this.name = (name != null) ? name.strip() : "";
			this.credential = credential;
		}

	}

}

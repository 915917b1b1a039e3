package dev.actionlog.app.account;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

import dev.actionlog.app.account.AccountService.Opened;
import dev.actionlog.app.throttle.Throttle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * Endpoints of signing up.
 */
@Controller
class SignUpController {

	private static final String TO_PROFILE = "redirect:/profile";

	private final AccountService accounts;

	private final PasswordPolicy passwords;

	private final SignIn signIn;

	private final Throttle throttle;

	SignUpController(AccountService accounts, PasswordPolicy passwords, SignIn signIn, Throttle throttle) {
		this.accounts = accounts;
		this.passwords = passwords;
		this.signIn = signIn;
		this.throttle = throttle;
	}

	@GetMapping("/sign-up")
	String form(@RequestAttribute(required = false) @Nullable Account account) {
		return (account != null) ? TO_PROFILE : "sign-up";
	}

	@PostMapping("/sign-up")
	String signUp(@Valid @ModelAttribute("signUpForm") SignUpForm form, BindingResult errors, Locale language,
			ZoneId zone, HttpServletRequest request, HttpServletResponse response) {
		// a name that no account can have is nothing to compare the password with
		this.passwords.objection(errors.hasFieldErrors("username") ? "" : form.username(), form.password())
			.ifPresent((code) -> errors.rejectValue("password", code));
		if (errors.hasErrors()) {
			return "sign-up";
		}
		this.throttle.signUp(request.getRemoteAddr());
		Optional<Opened> opened = this.accounts.signUp(form.username(), form.password(), language, form.zone(zone));
		if (opened.isEmpty()) {
			errors.rejectValue("username", "username.taken");
			return "sign-up";
		}
		this.signIn.as(opened.get().user(), request, response);
		this.accounts.signedUp(form.username());
		RecoveryCodes.showNext(opened.get().recoveryCode(), request);
		return RecoveryController.TO_CODE;
	}

	record SignUpForm(
			@NotEmpty(message = "{username.missing}") @Pattern(regexp = "|" + AccountUserDetailsManager.USERNAME,
					message = "{username.pattern}") String username,
			String password, @Nullable String timeZone) {

		SignUpForm(@Nullable String username, @Nullable String password, @Nullable String timeZone) {
			this.username = (username != null) ? AccountUserDetailsManager.normalize(username) : "";
			this.password = (password != null) ? password : "";
			this.timeZone = timeZone;
		}

		/**
		 * The zone of the user's device as a script has sent it, else the fallback.
		 */
		ZoneId zone(ZoneId fallback) {
			return (this.timeZone != null && this.timeZone.length() <= Account.MAX_TIME_ZONE_LENGTH
					&& ZoneId.getAvailableZoneIds().contains(this.timeZone)) ? ZoneId.of(this.timeZone) : fallback;
		}

	}

}

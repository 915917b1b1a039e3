package dev.actionlog.app.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * Endpoints of the password form on the page on which the profile is edited.
 */
@Controller
class PasswordController {

	private final AccountService accounts;

	private final PasswordPolicy passwords;

	private final SignIn signIn;

	PasswordController(AccountService accounts, PasswordPolicy passwords, SignIn signIn) {
		this.accounts = accounts;
		this.passwords = passwords;
		this.signIn = signIn;
	}

	/**
	 * The address at which password managers look for the form.
	 */
	@GetMapping("/.well-known/change-password")
	String form() {
		return "redirect:/profile/edit#password";
	}

	@PostMapping("/profile/password")
	String change(@RequestAttribute Account account, @ModelAttribute("passwordForm") PasswordForm form,
			BindingResult errors, HttpServletRequest request, HttpServletResponse response) {
		this.accounts.passwordError(account, form.currentPassword(), request.getRemoteAddr())
			.ifPresent((code) -> errors.rejectValue("currentPassword", code));
		this.passwords.objection(account.getUsername(), form.newPassword())
			.ifPresent((code) -> errors.rejectValue("newPassword", code));
		if (errors.hasErrors()) {
			return "edit-profile";
		}
		this.signIn.as(this.accounts.changePassword(account, form.newPassword()), request, response);
		return "redirect:/profile";
	}

	record PasswordForm(String currentPassword, String newPassword) {

		PasswordForm(@Nullable String currentPassword, @Nullable String newPassword) {
			this.currentPassword = (currentPassword != null) ? currentPassword : "";
			this.newPassword = (newPassword != null) ? newPassword : "";
		}

	}

}

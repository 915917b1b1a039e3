package dev.actionlog.app.account;

import java.util.Optional;

import dev.actionlog.app.account.AccountService.Opened;
import dev.actionlog.app.account.PasswordConfirmation.ConfirmationForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * Endpoints of the recovery code: the page that shows a new one, the form that uses it in
 * place of a forgotten password, and the form that replaces it.
 */
@Controller
class RecoveryController {

	/** Where a new code is shown. */
	static final String TO_CODE = "redirect:/recovery-code";

	private final AccountService accounts;

	private final PasswordPolicy passwords;

	private final PasswordConfirmation confirmation;

	private final SignIn signIn;

	RecoveryController(AccountService accounts, PasswordPolicy passwords, PasswordConfirmation confirmation,
			SignIn signIn) {
		this.accounts = accounts;
		this.passwords = passwords;
		this.confirmation = confirmation;
		this.signIn = signIn;
	}

	/**
	 * Shows a new code, once. Later it leads to the form that makes another.
	 */
	@GetMapping("/recovery-code")
	String code(HttpServletRequest request, Model model) {
		// a HEAD shows nothing
		String code = request.getMethod().equals("GET") ? RecoveryCodes.takeShown(request) : null;
		if (code == null) {
			return "redirect:/settings/recovery-code";
		}
		model.addAttribute("code", code);
		return "recovery-code";
	}

	@GetMapping("/recover")
	String form(@RequestAttribute(required = false) @Nullable Account account) {
		return (account != null) ? "redirect:/profile" : "recover";
	}

	@PostMapping("/recover")
	String recover(@ModelAttribute("recovery") RecoveryForm form, BindingResult errors, HttpServletRequest request,
			HttpServletResponse response) {
		if (form.username().isEmpty()) {
			errors.rejectValue("username", "username.missing");
		}
		if (form.code().isBlank()) {
			errors.rejectValue("code", "recovery.missing");
		}
		this.passwords.objection(form.username(), form.newPassword())
			.ifPresent((code) -> errors.rejectValue("newPassword", code));
		if (errors.hasErrors()) {
			return "recover";
		}
		Optional<Opened> opened = this.accounts.recover(form.username(), form.code(), form.newPassword(),
				request.getRemoteAddr());
		if (opened.isEmpty()) {
			errors.rejectValue("code", "recovery.wrong");
			return "recover";
		}
		this.signIn.as(opened.get().user(), request, response);
		RecoveryCodes.showNext(opened.get().recoveryCode(), request);
		return TO_CODE;
	}

	@GetMapping("/settings/recovery-code")
	String ask(Model model) {
		model.addAttribute("action", "/settings/recovery-code");
		model.addAttribute("text", "recovery.renew.text");
		return "confirm";
	}

	@PostMapping("/settings/recovery-code")
	String renew(@RequestAttribute Account account, @ModelAttribute("confirmation") ConfirmationForm form,
			BindingResult errors, HttpServletRequest request, Model model) {
		if (!this.confirmation.isRight(account, form, errors, request)) {
			return ask(model);
		}
		RecoveryCodes.showNext(this.accounts.renewRecoveryCode(account), request);
		return TO_CODE;
	}

	record RecoveryForm(String username, String code, String newPassword) {

		/** No name is that long. */
		private static final int MAX_USERNAME_LENGTH = 100;

		RecoveryForm(@Nullable String username, @Nullable String code, @Nullable String newPassword) {
			this.username = (username != null) ? AccountUserDetailsManager
				.normalize(username.substring(0, Math.min(username.length(), MAX_USERNAME_LENGTH))) : "";
			this.code = (code != null) ? code : "";
			this.newPassword = (newPassword != null) ? newPassword : "";
		}

	}

}

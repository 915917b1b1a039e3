package dev.actionlog.app.profile;

import java.time.ZoneId;
import java.util.Locale;

import dev.actionlog.action.ActionHistories;
import dev.actionlog.action.ActionHistory;
import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.PasswordConfirmation;
import dev.actionlog.app.account.PasswordConfirmation.ConfirmationForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Endpoints of the recent actions: a page, JSON, a download, and the forms to clear and
 * to limit them.
 */
@Controller
@RequestMapping("/profile/actions")
class ActionsController {

	private final ActionHistories histories;

	private final ProfilePageService profile;

	private final PasswordConfirmation confirmation;

	ActionsController(ActionHistories histories, ProfilePageService profile, PasswordConfirmation confirmation) {
		this.histories = histories;
		this.profile = profile;
		this.confirmation = confirmation;
	}

	@GetMapping
	String page() {
		return "actions";
	}

	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	ActionHistory json(@RequestAttribute Account account, Locale locale, ZoneId zone) {
		return this.histories.of(account.getUsername(), locale, zone);
	}

	@GetMapping("/download")
	ResponseEntity<ActionHistory> download(@RequestAttribute Account account, Locale locale, ZoneId zone) {
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("recent-actions.json").build().toString())
			.body(this.histories.of(account.getUsername(), locale, zone));
	}

	@PostMapping("/clear")
	String clear(@RequestAttribute Account account, @ModelAttribute("confirmation") ConfirmationForm form,
			BindingResult errors, HttpServletRequest request) {
		if (!this.confirmation.isGiven(account, form, errors, request)) {
			return "confirm";
		}
		this.profile.clearActions(account);
		return "redirect:/profile";
	}

	/**
	 * Asks once before a lower number deletes actions.
	 */
	@PostMapping("/keep")
	String keep(@RequestAttribute Account account, @Valid @ModelAttribute("keepForm") KeepForm form,
			BindingResult errors, Model model) {
		if (errors.hasErrors()) {
			return "actions";
		}
		int keep = Integer.parseInt(form.keep());
		int beyond = form.isConfirmed() ? 0 : this.profile.countBeyond(account, keep);
		if (beyond > 0) {
			model.addAttribute("beyond", beyond);
			return "keep";
		}
		this.profile.keepActions(account, keep);
		return "redirect:/profile";
	}

	/**
	 * The addresses of forms that were refused or ask again, after a reload.
	 */
	@GetMapping({ "/clear", "/keep" })
	String form() {
		return "redirect:/profile/actions";
	}

	// text, so that the field shows again what was typed
	record KeepForm(@Pattern(regexp = "[1-9]\\d?|100", message = "{keep.range}") String keep,
			@Nullable String confirmed) {

		KeepForm(@Nullable String keep, @Nullable String confirmed) {
			this.keep = (keep != null) ? keep.strip() : "";
			this.confirmed = confirmed;
		}

		boolean isConfirmed() {
			return "true".equals(this.confirmed);
		}

	}

}

package dev.actionlog.app.profile;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.actionlog.action.Action;
import dev.actionlog.action.ActionService;
import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.PasswordConfirmation;
import dev.actionlog.app.account.PasswordConfirmation.ConfirmationForm;
import dev.actionlog.text.TextResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
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

	private final ActionService actions;

	private final ProfilePageService profile;

	private final PasswordConfirmation confirmation;

	private final TextResolver texts;

	ActionsController(ActionService actions, ProfilePageService profile, PasswordConfirmation confirmation,
			TextResolver texts) {
		this.actions = actions;
		this.profile = profile;
		this.confirmation = confirmation;
		this.texts = texts;
	}

	@GetMapping
	String page() {
		return "actions";
	}

	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	RecentActions json(@RequestAttribute Account account, Locale locale) {
		return recent(account, locale);
	}

	@GetMapping("/download")
	ResponseEntity<RecentActions> download(@RequestAttribute Account account, Locale locale) {
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("recent-actions.json").build().toString())
			.body(recent(account, locale));
	}

	private RecentActions recent(Account account, Locale locale) {
		return new RecentActions(this.actions.limitFor(account.getUsername()),
				this.actions.recent().stream().map((action) -> RecentAction.of(action, this.texts, locale)).toList());
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

	@PostMapping("/keep")
	String keep(@RequestAttribute Account account, @Valid @ModelAttribute("keepForm") KeepForm form,
			BindingResult errors) {
		if (errors.hasErrors()) {
			return "actions";
		}
		this.profile.keepActions(account, Integer.parseInt(form.keep()));
		return "redirect:/profile";
	}

	// text, so that the field shows again what was typed
	record KeepForm(@Pattern(regexp = "[1-9]\\d?|100", message = "{keep.range}") String keep) {

		KeepForm(@Nullable String keep) {
			this.keep = (keep != null) ? keep.strip() : "";
		}

	}

	record RecentActions(int keep, List<RecentAction> actions) {
	}

	record RecentAction(Instant recordedAt, String message, List<Object> args, String text, @Nullable String link) {

		static RecentAction of(Action action, TextResolver texts, Locale locale) {
			return new RecentAction(action.getRecordedAt(), action.getText().getMessage(), action.getText().getArgs(),
					texts.resolve(action.getText(), locale), action.getText().getLink());
		}

	}

}

package dev.actionlog.app.account;

import java.util.Locale;

import dev.actionlog.app.security.EventRow;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.app.security.SessionStart;
import dev.actionlog.text.TextResolver;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * Tells each page of the application that a sign-in from a new device waits for the
 * owner's answer. It is no flash message, which the page of an intruder would consume:
 * the notice stays until it is answered, and the new device does not show it.
 */
@ControllerAdvice("dev.actionlog.app")
class NewSignInAdvice {

	private final SecurityEvents events;

	private final TextResolver texts;

	NewSignInAdvice(SecurityEvents events, TextResolver texts) {
		this.events = events;
		this.texts = texts;
	}

	@ModelAttribute
	void notice(@RequestAttribute(required = false) @Nullable Account account, HttpServletRequest request,
			Locale locale, Model model) {
		if (account != null && account.isSignInWaiting()) {
			this.events.waiting(account.getUsername(), SessionStart.of(request))
				.ifPresent((event) -> model.addAttribute("newSignIn", EventRow.of(event, account.getTimeZone(),
						this.texts.formatter("actionlog.text.datetime", locale))));
		}
	}

}

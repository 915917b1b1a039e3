package dev.actionlog.app.account;

import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.actionlog.app.account.PasswordConfirmation.ConfirmationForm;
import dev.actionlog.app.device.Device;
import dev.actionlog.app.security.EventRow;
import dev.actionlog.app.security.SecurityEvent;
import dev.actionlog.app.security.SecurityEventType;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.app.security.SessionStart;
import dev.actionlog.app.session.Sessions;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.text.TextResolver;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Endpoints of the page with the sessions and the security events of a user, and of the
 * answer to a sign-in from a new device.
 */
@Controller
@RequestMapping("/settings/security")
class SecurityController {

	private static final String TO_PAGE = "redirect:/settings/security";

	private final Sessions sessions;

	private final SecurityEvents events;

	private final PasswordConfirmation confirmation;

	private final FlashMessages flash;

	private final TextResolver texts;

	SecurityController(Sessions sessions, SecurityEvents events, PasswordConfirmation confirmation, FlashMessages flash,
			TextResolver texts) {
		this.sessions = sessions;
		this.events = events;
		this.confirmation = confirmation;
		this.flash = flash;
		this.texts = texts;
	}

	@GetMapping
	String page(@RequestAttribute Account account, HttpServletRequest request, Locale locale, Model model) {
		ZoneId zone = account.getTimeZone();
		Function<TemporalAccessor, String> times = this.texts.formatter("actionlog.text.datetime", locale);
		long own = SessionStart.of(request).event();
		model.addAttribute("sessions",
				this.sessions.of(account.getUsername())
					.stream()
					.map((session) -> new SessionRow(session.start().event(), session.start().device(),
							times.apply(session.openedAt().atZone(zone)),
							times.apply(session.lastUsedAt().atZone(zone)), session.start().event() == own))
					.toList());
		model.addAttribute("events",
				this.events.newest(account.getUsername())
					.stream()
					.map((event) -> EventRow.of(event, zone, times))
					.toList());
		return "security";
	}

	@PostMapping("/sessions/{session}/end")
	String end(@RequestAttribute Account account, @PathVariable long session,
			@ModelAttribute("confirmation") ConfirmationForm form, BindingResult errors, HttpServletRequest request) {
		return end(account, (start) -> start.event() == session, form, errors, request);
	}

	@PostMapping("/sessions/end-others")
	String endOthers(@RequestAttribute Account account, @ModelAttribute("confirmation") ConfirmationForm form,
			BindingResult errors, HttpServletRequest request) {
		long own = SessionStart.of(request).event();
		return end(account, (start) -> start.event() != own, form, errors, request);
	}

	/**
	 * The addresses of forms that ask for the password, after a reload.
	 */
	@GetMapping({ "/sessions/{session}/end", "/sessions/end-others" })
	String form() {
		return TO_PAGE;
	}

	private String end(Account account, Predicate<SessionStart> which, ConfirmationForm form, BindingResult errors,
			HttpServletRequest request) {
		if (!this.confirmation.isGiven(account, form, errors, request)) {
			return "confirm";
		}
		if (this.sessions.end(account.getUsername(), which) > 0) {
			this.events.record(account.getUsername(), SecurityEventType.SESSIONS_ENDED);
			this.flash.success("sessions.ended");
		}
		return TO_PAGE;
	}

	/**
	 * Answers whether a sign-in from a new device was the owner's. Nothing happens where
	 * it was answered already, or does not wait for an answer from this session. It asks
	 * for no password: the answer is urgent. "No" ends the sessions of all devices that
	 * are not known.
	 */
	@PostMapping("/answer")
	String answer(@RequestAttribute Account account, @RequestParam long event, @RequestParam boolean own,
			HttpServletRequest request) {
		Optional<SecurityEvent> waiting = this.events.waiting(account.getUsername(), SessionStart.of(request))
			.filter((found) -> found.id() == event);
		if (waiting.isEmpty()) {
			return TO_PAGE;
		}
		String username = account.getUsername();
		if (own) {
			this.events.confirm(username, waiting.get().device().id());
			this.flash.success("new-sign-in.confirmed");
			return "redirect:/profile";
		}
		this.events.refuse(username);
		Set<String> known = this.events.knownDevices(username);
		if (this.sessions.end(username, (start) -> !known.contains(start.device().id())) > 0) {
			this.events.record(username, SecurityEventType.SESSIONS_ENDED);
		}
		this.flash.warning("new-sign-in.refused");
		return "redirect:/profile/edit#password";
	}

	record SessionRow(long id, Device device, String openedAt, String lastUsedAt, boolean current) {

	}

}

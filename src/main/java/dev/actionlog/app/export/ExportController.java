package dev.actionlog.app.export;

import java.net.URI;
import java.util.Optional;

import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.PasswordConfirmation;
import dev.actionlog.app.account.PasswordConfirmation.ConfirmationForm;
import dev.actionlog.app.security.SecurityEventType;
import dev.actionlog.app.security.SecurityEvents;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.server.ResponseStatusException;

/**
 * Endpoints that start an export of the user's data and serve its file.
 */
@Controller
@RequestMapping("/settings/export")
class ExportController {

	private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

	private final ExportService exports;

	private final PasswordConfirmation confirmation;

	private final SecurityEvents events;

	ExportController(ExportService exports, PasswordConfirmation confirmation, SecurityEvents events) {
		this.exports = exports;
		this.confirmation = confirmation;
		this.events = events;
	}

	@PostMapping
	String start(@RequestAttribute Account account, @ModelAttribute("confirmation") ConfirmationForm form,
			BindingResult errors, HttpServletRequest request) {
		if (!this.confirmation.isGiven(account, form, errors, request)) {
			return "confirm";
		}
		this.exports.start(account);
		this.events.record(account.getUsername(), SecurityEventType.EXPORT_STARTED);
		return "redirect:/settings";
	}

	@GetMapping
	ResponseEntity<byte[]> download(@RequestAttribute Account account, HttpServletRequest request) {
		if (!this.confirmation.isRecent(request)) {
			return ResponseEntity.status(HttpStatus.SEE_OTHER)
				.location(URI.create(request.getContextPath() + "/settings/export/confirm"))
				.build();
		}
		Optional<byte[]> file = this.exports.file(account.getUsername());
		if (file.isPresent()) {
			this.events.record(account.getUsername(), SecurityEventType.EXPORT_DOWNLOADED);
		}
		String name = "actionlog-" + account.getUsername() + ".zip";
		return file
			.map((content) -> ResponseEntity.ok()
				.contentType(ZIP)
				.header(HttpHeaders.CONTENT_DISPOSITION,
						ContentDisposition.attachment().filename(name).build().toString())
				.body(content))
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	@GetMapping("/confirm")
	String ask(Model model) {
		model.addAttribute("action", "/settings/export/confirm");
		return "confirm";
	}

	/**
	 * Goes on with the download after the password. It does not lead to the file, which
	 * would leave the form on the screen, but to the message with the link.
	 */
	@PostMapping("/confirm")
	String confirm(@RequestAttribute Account account, @ModelAttribute("confirmation") ConfirmationForm form,
			BindingResult errors, HttpServletRequest request) {
		if (!this.confirmation.isGiven(account, form, errors, request)) {
			return "confirm";
		}
		this.exports.tellAgain(account);
		return "redirect:/settings";
	}

}

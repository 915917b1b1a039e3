package dev.actionlog.app.export;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.PasswordConfirmation;
import dev.actionlog.app.account.PasswordConfirmation.ConfirmationForm;
import dev.actionlog.app.security.SecurityEventType;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.text.TextResolver;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.LazyContextVariable;

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
 * Endpoints of the page that starts an export of the user's data, says how far it is, and
 * serves its file.
 */
@Controller
@RequestMapping("/settings/export")
class ExportController {

	private static final String TO_PAGE = "redirect:/settings/export";

	private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

	private final ExportService exports;

	private final PasswordConfirmation confirmation;

	private final SecurityEvents events;

	private final TextResolver texts;

	ExportController(ExportService exports, PasswordConfirmation confirmation, SecurityEvents events,
			TextResolver texts) {
		this.exports = exports;
		this.confirmation = confirmation;
		this.events = events;
		this.texts = texts;
	}

	@GetMapping
	String page(@RequestAttribute Account account, Locale locale, Model model) {
		model.addAttribute("export", new LazyContextVariable<@Nullable Row>() {

			// read when the messages have been, so that none of them knows more than the
			// page
			@Override
			protected @Nullable Row loadValue() {
				return row(account, locale);
			}

		});
		return "export";
	}

	private @Nullable Row row(Account account, Locale locale) {
		return this.exports.state(account.getUsername())
			.map((state) -> new Row(state.state().toLowerCase(Locale.ROOT),
					this.texts.formatter("actionlog.text.datetime", locale)
						.apply(state.until().atZone(account.getTimeZone()))))
			.orElse(null);
	}

	/**
	 * The state alone, for a script. It leaves the messages alone.
	 */
	@GetMapping("/state")
	String state(@RequestAttribute Account account, Locale locale, Model model) {
		page(account, locale, model);
		return "export :: state";
	}

	@PostMapping
	String start(@RequestAttribute Account account, @ModelAttribute("confirmation") ConfirmationForm form,
			BindingResult errors, HttpServletRequest request) {
		if (!this.confirmation.isGiven(account, form, errors, request)) {
			return "confirm";
		}
		this.exports.start(account);
		return TO_PAGE;
	}

	@GetMapping("/file")
	ResponseEntity<byte[]> download(@RequestAttribute Account account, HttpServletRequest request) {
		if (!this.confirmation.isRecent(request)) {
			return ResponseEntity.status(HttpStatus.SEE_OTHER)
				.location(URI.create(request.getContextPath() + "/settings/export/confirm"))
				.build();
		}
		Optional<byte[]> file = this.exports.file(account.getUsername());
		// a HEAD downloads nothing
		if (file.isPresent() && request.getMethod().equals("GET")) {
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
	 * would leave the form on the screen, but to the page with the button.
	 */
	@PostMapping("/confirm")
	String confirm(@RequestAttribute Account account, @ModelAttribute("confirmation") ConfirmationForm form,
			BindingResult errors, HttpServletRequest request) {
		if (!this.confirmation.isGiven(account, form, errors, request)) {
			return "confirm";
		}
		return TO_PAGE;
	}

	/**
	 * The state as the page shows it.
	 *
	 * @param state one of {@code running}, {@code ready} and {@code failed}
	 * @param until until when the file is there, in the reader's words and zone
	 */
	record Row(String state, String until) {
	}

}

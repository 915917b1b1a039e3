package dev.actionlog.app.export;

import dev.actionlog.app.account.Account;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
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

	ExportController(ExportService exports) {
		this.exports = exports;
	}

	@PostMapping
	String start(@RequestAttribute Account account) {
		this.exports.start(account);
		return "redirect:/settings";
	}

	@GetMapping
	ResponseEntity<byte[]> download(@RequestAttribute Account account) {
		String name = "actionlog-" + account.getUsername() + ".zip";
		return this.exports.file(account.getUsername())
			.map((file) -> ResponseEntity.ok()
				.contentType(ZIP)
				.header(HttpHeaders.CONTENT_DISPOSITION,
						ContentDisposition.attachment().filename(name).build().toString())
				.body(file))
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

}

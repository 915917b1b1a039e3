package dev.actionlog.live;

import dev.actionlog.flash.FlashMessages;
import dev.actionlog.profile.CurrentUser;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Endpoints of the script: what is new, as the fragments of a page, for signed-in users
 * only.
 */
@Controller
@RequestMapping(LiveController.PATH)
class LiveController {

	static final String PATH = "/actionlog/live";

	static final String SHOWN = "/shown";

	/** A page of another site cannot send it, and so cannot take messages away. */
	private static final String SCRIPT = "X-Requested-With";

	private final CurrentUser currentUser;

	private final FlashMessages messages;

	LiveController(CurrentUser currentUser, FlashMessages messages) {
		this.currentUser = currentUser;
		this.messages = messages;
	}

	/**
	 * Claims and shows the messages, as any page does.
	 */
	@GetMapping(path = "/messages", headers = SCRIPT)
	@Nullable String messages(HttpServletResponse response) {
		return fragment("actionlog/flash :: messages", response);
	}

	@GetMapping(path = "/actions", headers = SCRIPT)
	@Nullable String actions(HttpServletResponse response) {
		return fragment("actionlog/history :: history", response);
	}

	private @Nullable String fragment(String view, HttpServletResponse response) {
		if (this.currentUser.username().isEmpty()) {
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
			return null;
		}
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
		return view;
	}

	/**
	 * A page says that it has shown its messages.
	 * @return the status 410 if they were not held for it any more
	 */
	@PostMapping(SHOWN)
	ResponseEntity<Void> shown(@RequestParam String token) {
		if (this.currentUser.username().isEmpty()) {
			return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
		}
		return ResponseEntity.status(this.messages.confirm(token) ? HttpStatus.NO_CONTENT : HttpStatus.GONE).build();
	}

}

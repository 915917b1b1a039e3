package dev.actionlog.app.profile;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Endpoints of the messages that the user was shown before. Pages only link to them: to
 * have the list in each of them would cost each a statement.
 */
@Controller
@RequestMapping("/messages")
class MessagesController {

	@GetMapping
	String page() {
		return "messages";
	}

	/**
	 * The list alone, for a script. It leaves alone what waits.
	 */
	@GetMapping("/recent")
	String recent() {
		return "actionlog/flash :: recent";
	}

}

package dev.actionlog.app.account;

import java.util.Optional;

import dev.actionlog.app.request.ExpiredForm;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Controller for the page that shows a form again which was sent before signing in.
 */
@Controller
class SentFormController {

	@GetMapping(SentForm.PAGE)
	String form(HttpServletRequest request, Model model) {
		Optional<ExpiredForm> form = SentForm.find(request);
		model.addAttribute("expired", form.orElse(null));
		return form.isPresent() ? "sent-form" : "redirect:/profile";
	}

}

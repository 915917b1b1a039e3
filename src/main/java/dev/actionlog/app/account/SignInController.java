package dev.actionlog.app.account;

import java.util.List;
import java.util.Optional;

import dev.actionlog.app.request.ExpiredForm;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * Endpoints of the sign-in page, and of what comes before and after it; Spring Security
 * handles its form.
 */
@Controller
class SignInController {

	private static final String TO_PROFILE = "redirect:/profile";

	@GetMapping("/login")
	String signIn(@RequestAttribute(required = false) @Nullable Account account, HttpServletRequest request,
			Model model) {
		if (account != null) {
			return TO_PROFILE;
		}
		String failure = failure(request.getParameter("error"));
		model.addAttribute("failure", failure);
		model.addAttribute("refused", failure != null);
		model.addAttribute("username", TypedUsername.find(request));
		model.addAttribute("wanted", SignInPage.wanted(request).orElse(null));
		return "login";
	}

	/**
	 * Why the last attempt failed, as the message codes have it, or {@code null} if there
	 * was none.
	 */
	private static @Nullable String failure(@Nullable String error) {
		if (error == null) {
			return null;
		}
		return List.of("missing", "passkey").contains(error) ? error : "wrong";
	}

	/**
	 * Shows a form again that was sent before signing in.
	 */
	@GetMapping(SentForm.PAGE)
	String sentForm(HttpServletRequest request, Model model) {
		Optional<ExpiredForm> form = SentForm.find(request);
		model.addAttribute("expired", form.orElse(null));
		return form.isPresent() ? "sent-form" : TO_PROFILE;
	}

	/**
	 * Makes other methods than POST a 405 and not a 404. A POST does not get here,
	 * because Spring Security handles it before.
	 */
	@PostMapping("/logout")
	String signOut() {
		return "redirect:/";
	}

}

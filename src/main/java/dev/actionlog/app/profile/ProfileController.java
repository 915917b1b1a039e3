package dev.actionlog.app.profile;

import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.function.Function;

import dev.actionlog.app.account.Account;
import dev.actionlog.app.security.EventRow;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.text.TextResolver;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Endpoints of the profile page: the owner, the recent actions and the last sign-ins.
 */
@Controller
@RequestMapping("/profile")
class ProfileController {

	/** How many sign-ins the page shows. */
	private static final int SIGN_INS = 3;

	private final ProfilePageService profile;

	private final SecurityEvents events;

	private final TextResolver texts;

	ProfileController(ProfilePageService profile, SecurityEvents events, TextResolver texts) {
		this.profile = profile;
		this.events = events;
		this.texts = texts;
	}

	@GetMapping
	String page(@RequestAttribute Account account, Locale locale, Model model) {
		Function<TemporalAccessor, String> times = this.texts.formatter("actionlog.text.datetime", locale);
		model.addAttribute("signIns",
				this.events.newestSignIns(account.getUsername(), SIGN_INS)
					.stream()
					.map((event) -> EventRow.of(event, account.getTimeZone(), times))
					.toList());
		return "profile";
	}

	/**
	 * The owner's photo. Like all pages it is not stored by the browser, where the next
	 * user of the device could see it.
	 */
	@GetMapping("/photo/file")
	ResponseEntity<byte[]> photo(@RequestAttribute Account account) {
		return this.profile.photo(account.getUsername())
			.map((photo) -> ResponseEntity.ok()
				.contentType(MediaType.parseMediaType(photo.getMediaType()))
				.body(photo.getContent()))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

}

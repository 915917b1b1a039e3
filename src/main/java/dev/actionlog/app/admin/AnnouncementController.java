package dev.actionlog.app.admin;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.PasswordConfirmation;
import dev.actionlog.app.account.PasswordConfirmation.ConfirmationForm;
import dev.actionlog.app.throttle.Throttle;
import dev.actionlog.flash.Announcement;
import dev.actionlog.flash.Announcement.State;
import dev.actionlog.flash.AnnouncementDraft;
import dev.actionlog.flash.Announcements;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.flash.ShownMessage;
import dev.actionlog.text.Text;
import dev.actionlog.text.TextResolver;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/**
 * Endpoints of the messages to many users: the list, the form, its preview, and what
 * publishes, changes and withdraws them. The password is asked for where it was not
 * entered lately.
 */
@Controller
@RequestMapping("/admin/messages")
class AnnouncementController {

	private static final String TO_LIST = "redirect:/admin/messages";

	/** How many messages are listed. */
	private static final int MAX_LISTED = 50;

	/** How many names are suggested, and from how many characters on. */
	private static final int MAX_SUGGESTED = 10;

	private static final int MIN_LOOKUP_LENGTH = 2;

	private static final Locale BRAZILIAN = Locale.forLanguageTag("pt-BR");

	private final Announcements announcements;

	private final AnnouncementService service;

	private final AnnouncementDrafts drafts;

	private final Usernames usernames;

	private final PasswordConfirmation confirmation;

	private final Throttle throttle;

	private final FlashMessages flash;

	private final TextResolver texts;

	AnnouncementController(Announcements announcements, AnnouncementService service, AnnouncementDrafts drafts,
			Usernames usernames, PasswordConfirmation confirmation, Throttle throttle, FlashMessages flash,
			TextResolver texts) {
		this.announcements = announcements;
		this.service = service;
		this.drafts = drafts;
		this.usernames = usernames;
		this.confirmation = confirmation;
		this.throttle = throttle;
		this.flash = flash;
		this.texts = texts;
	}

	@ModelAttribute("levels")
	List<FlashLevel> levels() {
		return AnnouncementDrafts.LEVELS;
	}

	@GetMapping
	String list(Locale locale, ZoneId zone, Model model) {
		model.addAttribute("rows",
				this.announcements.list(MAX_LISTED).stream().map((it) -> row(it, locale, zone)).toList());
		return "admin/messages";
	}

	@GetMapping("/compose")
	String compose(Model model) {
		model.addAttribute("announcement", AnnouncementForm.empty());
		return "admin/compose";
	}

	/**
	 * Goes back from the preview, with all that was typed.
	 */
	@PostMapping("/compose")
	String compose(@ModelAttribute("announcement") AnnouncementForm form) {
		return "admin/compose";
	}

	@GetMapping("/{id}/change")
	String change(@PathVariable String id, ZoneId zone, Model model) {
		Announcement announcement = find(id);
		if (announcement.state() != State.PLANNED) {
			throw new ResponseStatusException(HttpStatus.CONFLICT);
		}
		model.addAttribute("announcement", form(announcement, zone));
		return "admin/compose";
	}

	/**
	 * The address of the preview, after a reload.
	 */
	@GetMapping("/preview")
	String previewOfNothing() {
		return "redirect:/admin/messages/compose";
	}

	@PostMapping("/preview")
	String preview(@ModelAttribute("announcement") AnnouncementForm form, BindingResult errors, Locale locale,
			ZoneId zone, HttpServletRequest request, Model model) {
		Optional<AnnouncementDraft> draft = this.drafts.read(form, zone, errors);
		return draft.isPresent() ? preview(draft.get(), locale, zone, request, model) : "admin/compose";
	}

	/**
	 * Publishes a message, or changes one.
	 */
	@PostMapping
	String send(@RequestAttribute Account account, @ModelAttribute("announcement") AnnouncementForm form,
			BindingResult errors, @ModelAttribute("confirmation") ConfirmationForm password,
			BindingResult passwordErrors, Locale locale, ZoneId zone, HttpServletRequest request, Model model) {
		Optional<AnnouncementDraft> draft = this.drafts.read(form, zone, errors);
		if (draft.isEmpty()) {
			return "admin/compose";
		}
		if (!this.confirmation.isGiven(account, password, passwordErrors, request)) {
			return preview(draft.get(), locale, zone, request, model);
		}
		try {
			boolean sent = form.id().isEmpty() ? this.service.publish(account, draft.get(), form.token())
					: this.service.change(account, form.id(), draft.get(), form.token());
			if (!sent && this.drafts.read(form, zone, errors).isPresent()) {
				throw new ConcurrencyFailureException("A user was not there for a moment");
			}
			// the form says by now which user is not there any more
			return sent ? TO_LIST : "admin/compose";
		}
		catch (IllegalStateException ex) {
			if (form.id().isEmpty()) {
				throw ex;
			}
			errors.rejectValue("from", "announcement.begun");
			model.addAttribute("begun", true);
			return "admin/compose";
		}
		// a level that the settings keep from all users, or an end that has just come
		catch (IllegalArgumentException ex) {
			errors.rejectValue("level", "admin.refused");
			return "admin/compose";
		}
	}

	@GetMapping("/{id}/withdraw")
	String askToWithdraw(@PathVariable String id, Locale locale, ZoneId zone, HttpServletRequest request, Model model) {
		Announcement announcement = find(id);
		if (announcement.state() == State.ENDED || announcement.state() == State.WITHDRAWN) {
			throw new ResponseStatusException(HttpStatus.CONFLICT);
		}
		return withdrawal(announcement, locale, zone, request, model);
	}

	@PostMapping("/{id}/withdraw")
	String withdraw(@RequestAttribute Account account, @PathVariable String id,
			@ModelAttribute("confirmation") ConfirmationForm password, BindingResult passwordErrors, Locale locale,
			ZoneId zone, HttpServletRequest request, Model model) {
		Announcement announcement = find(id);
		if (!this.confirmation.isGiven(account, password, passwordErrors, request)) {
			return withdrawal(announcement, locale, zone, request, model);
		}
		this.service.withdraw(account, announcement);
		return TO_LIST;
	}

	/**
	 * The names of users with a beginning, for the suggestions of the form.
	 */
	@GetMapping(path = "/users", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	List<String> names(@RequestAttribute Account account, @RequestParam(defaultValue = "") String begin) {
		if (begin.length() < MIN_LOOKUP_LENGTH || begin.length() > Usernames.MAX_LENGTH) {
			return List.of();
		}
		this.throttle.lookup(account.getUsername());
		return this.usernames.beginningWith(begin.toLowerCase(Locale.ROOT), MAX_SUGGESTED);
	}

	private Announcement find(String id) {
		return this.announcements.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private String preview(AnnouncementDraft draft, Locale locale, ZoneId zone, HttpServletRequest request,
			Model model) {
		Announcement preview = this.announcements.preview(draft);
		model.addAttribute("previews", List.of(preview(preview, Locale.ENGLISH), preview(preview, BRAZILIAN)));
		model.addAttribute("row", row(preview, locale, zone));
		model.addAttribute("users", (preview.recipients() != null) ? preview.recipients() : this.usernames.count());
		model.addAttribute("confirmed", this.confirmation.isRecent(request));
		return "admin/preview";
	}

	private Preview preview(Announcement announcement, Locale reader) {
		return new Preview(reader.toLanguageTag(), reader.getDisplayLanguage(reader),
				List.of(this.flash.preview(announcement.messageFor(reader), reader)));
	}

	private String withdrawal(Announcement announcement, Locale locale, ZoneId zone, HttpServletRequest request,
			Model model) {
		model.addAttribute("row", row(announcement, locale, zone));
		model.addAttribute("confirmed", this.confirmation.isRecent(request));
		return "admin/withdraw";
	}

	private Row row(Announcement announcement, Locale locale, ZoneId zone) {
		Function<TemporalAccessor, String> times = this.texts.formatter("actionlog.text.datetime", locale);
		return new Row(announcement, this.texts.resolve(announcement.messageFor(locale).text(), locale),
				time(announcement.message().sentAt(), zone, times),
				time(announcement.message().expiresAt(), zone, times), time(announcement.publishedAt(), zone, times));
	}

	private static Time time(Instant time, ZoneId zone, Function<TemporalAccessor, String> times) {
		return new Time(time.truncatedTo(ChronoUnit.MILLIS), times.apply(time.atZone(zone)));
	}

	private AnnouncementForm form(Announcement announcement, ZoneId zone) {
		Text text = announcement.message().text();
		boolean named = announcement.recipients() != null;
		return new AnnouncementForm(announcement.id(), UUID.randomUUID().toString(),
				announcement.message().level().toString(), text.getMessage(),
				announcement.translations().get(AnnouncementDrafts.PORTUGUESE), text.getLink(),
				typed(announcement.message().sentAt(), zone), typed(announcement.message().expiresAt(), zone),
				named ? AnnouncementForm.NAMED : AnnouncementForm.ALL,
				String.join(" ", this.announcements.recipients(announcement.id())));
	}

	private static String typed(Instant time, ZoneId zone) {
		return LocalDateTime.ofInstant(time, zone).truncatedTo(ChronoUnit.MINUTES).toString();
	}

	/**
	 * A message of the list.
	 *
	 * @param words its words for the reader
	 */
	record Row(Announcement announcement, String words, Time from, Time until, Time publishedAt) {

		public String stateCode() {
			return "admin.state." + this.announcement.state().name().toLowerCase(Locale.ROOT);
		}

		public boolean isPlanned() {
			return this.announcement.state() == State.PLANNED;
		}

		public boolean isOpen() {
			return isPlanned() || this.announcement.state() == State.LIVE;
		}

	}

	/**
	 * A time with its words for the reader.
	 */
	record Time(Instant instant, String words) {
	}

	/**
	 * How the readers of a language will see the message.
	 */
	record Preview(String language, String name, List<ShownMessage> messages) {
	}

}

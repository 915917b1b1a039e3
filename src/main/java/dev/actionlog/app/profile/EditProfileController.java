package dev.actionlog.app.profile;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

import dev.actionlog.app.account.Account;
import dev.actionlog.app.throttle.Throttle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.GroupSequence;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.validation.MapBindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.multipart.MultipartFile;

/**
 * Endpoints of the page on which the owner changes the photo, the name and the password,
 * and of the forms for the first two.
 */
@Controller
@RequestMapping("/profile")
class EditProfileController {

	private static final int MAX_PHOTO_BYTES = 5 * 1024 * 1024;

	private static final String PAGE = "edit-profile";

	private static final String TO_PROFILE = "redirect:/profile";

	private final ProfilePageService profile;

	private final PhotoEditor editor;

	private final Throttle throttle;

	private final MessageSource messages;

	EditProfileController(ProfilePageService profile, PhotoEditor editor, Throttle throttle, MessageSource messages) {
		this.profile = profile;
		this.editor = editor;
		this.throttle = throttle;
		this.messages = messages;
	}

	@GetMapping("/edit")
	String page() {
		return PAGE;
	}

	/**
	 * The addresses of forms that were refused, after a reload.
	 */
	@GetMapping({ "/name", "/password", "/photo", "/photo/delete" })
	String form() {
		return "redirect:/profile/edit";
	}

	@PostMapping("/name")
	String changeName(@RequestAttribute Account account, @Valid @ModelAttribute("nameForm") NameForm form,
			BindingResult errors) {
		if (errors.hasErrors()) {
			return PAGE;
		}
		this.profile.changeName(account, form.name());
		return TO_PROFILE;
	}

	@PostMapping("/photo")
	String changePhoto(@RequestAttribute Account account, @RequestPart(required = false) @Nullable MultipartFile photo,
			HttpServletRequest request, Model model) throws IOException {
		try {
			change(account, photo, request.getRemoteAddr());
			return TO_PROFILE;
		}
		catch (UnreadablePhotoException ex) {
			BindingResult errors = new MapBindingResult(Map.of(), "photoForm");
			errors.rejectValue("photo", ex.getCode());
			model.addAllAttributes(errors.getModel());
			return PAGE;
		}
	}

	/**
	 * Answers the script that shows the progress of the upload. It renders no page, so
	 * that the messages wait for the page that the script opens next.
	 */
	@PostMapping(path = "/photo", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<Map<String, String>> changePhoto(@RequestAttribute Account account,
			@RequestPart(required = false) @Nullable MultipartFile photo, HttpServletRequest request, Locale locale)
			throws IOException {
		try {
			change(account, photo, request.getRemoteAddr());
			return ResponseEntity.noContent().build();
		}
		catch (UnreadablePhotoException ex) {
			return ResponseEntity.badRequest()
				.body(Map.of("photo", this.messages.getMessage(ex.getCode(), null, locale)));
		}
	}

	private void change(Account account, @Nullable MultipartFile photo, String address)
			throws IOException, UnreadablePhotoException {
		byte[] file = content(photo);
		this.throttle.upload(account.getUsername(), address);
		this.profile.changePhoto(account, this.editor.edit(account.getUsername(), file));
	}

	private static byte[] content(@Nullable MultipartFile photo) throws IOException, UnreadablePhotoException {
		if (photo == null || photo.isEmpty()) {
			throw new UnreadablePhotoException("photo.missing");
		}
		if (photo.getSize() > MAX_PHOTO_BYTES) {
			throw new UnreadablePhotoException("photo.bytes");
		}
		return photo.getBytes();
	}

	@PostMapping("/photo/delete")
	String removePhoto(@RequestAttribute Account account) {
		this.profile.removePhoto(account);
		return TO_PROFILE;
	}

	// what is too long is not looked at further
	@GroupSequence({ NameForm.class, NameForm.Characters.class })
	record NameForm(
			@Size(max = Account.MAX_DISPLAY_NAME_LENGTH, message = "{name.length}") @Pattern(regexp = Account.VISIBLE,
					message = "{name.blank}", groups = Characters.class) @Pattern(regexp = "\\P{Cntrl}*",
							message = "{name.control}", groups = Characters.class) String name) {

		NameForm(@Nullable String name) {
			this.name = (name != null) ? name.strip() : "";
		}

		interface Characters {

		}

	}

}

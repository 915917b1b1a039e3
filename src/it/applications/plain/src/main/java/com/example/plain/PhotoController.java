package com.example.plain;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.text.Text;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

@Controller
class PhotoController {

	private final PhotoRepository photos;

	private final ActionService actions;

	private final FlashMessages flash;

	PhotoController(PhotoRepository photos, ActionService actions, FlashMessages flash) {
		this.photos = photos;
		this.actions = actions;
		this.flash = flash;
	}

	@GetMapping("/photos")
	String photos() {
		return "photos";
	}

	@PostMapping("/photos")
	@ResponseStatus(HttpStatus.SEE_OTHER)
	@Transactional
	String add(@RequestParam String title) {
		this.photos.save(new Photo(title));
		this.actions.record(Text.of("photo.added", title).link("/photos"));
		this.flash.success("photo.added", title);
		return "redirect:/photos";
	}

}

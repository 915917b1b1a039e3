package com.example.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.text.TextResolver;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ApiController {

	private final ActionService actions;

	private final FlashMessages flash;

	private final TextResolver texts;

	ApiController(ActionService actions, FlashMessages flash, TextResolver texts) {
		this.actions = actions;
		this.flash = flash;
		this.texts = texts;
	}

	@PostMapping("/photos")
	@ResponseStatus(HttpStatus.CREATED)
	void add(@RequestParam String title) {
		this.actions.record("photo.added", title);
		this.flash.success("photo.added", title);
	}

	@GetMapping("/actions")
	List<Line> actions(Locale locale) {
		return this.actions.recent()
			.stream()
			.map((action) -> new Line(this.texts.resolve(action.getText(), locale), action.getRecordedAt()))
			.toList();
	}

	@GetMapping("/messages")
	List<Message> messages(Locale locale) {
		return this.flash.take()
			.stream()
			.map((message) -> new Message(message.levelTag(), this.texts.resolve(message.text(), locale)))
			.toList();
	}

	record Line(String text, Instant at) {
	}

	record Message(String level, String text) {
	}

}

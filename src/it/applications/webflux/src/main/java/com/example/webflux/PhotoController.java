package com.example.webflux;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.text.TextResolver;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

@Controller
class PhotoController {

	private final ActionService actions;

	private final FlashSender sender;

	private final TextResolver texts;

	private final TransactionTemplate transaction;

	PhotoController(ActionService actions, FlashSender sender, TextResolver texts, TransactionTemplate transaction) {
		this.actions = actions;
		this.sender = sender;
		this.texts = texts;
		this.transaction = transaction;
	}

	@PostMapping("/photos")
	@ResponseBody
	Mono<Boolean> add(@RequestParam String title) {
		return username().flatMap((username) -> blocking(() -> this.transaction.execute((status) -> {
			this.actions.recordFor(username, "photo.added", title);
			return this.sender.send(username, FlashLevel.SUCCESS, "photo.added", title);
		})));
	}

	@GetMapping("/actions")
	@ResponseBody
	Flux<Line> actions(Locale locale) {
		return username().flatMap((username) -> blocking(() -> this.actions.recentFor(username)))
			.flatMapIterable((recent) -> recent)
			.map((action) -> new Line(this.texts.resolve(action.getText(), locale)));
	}

	@GetMapping("/messages")
	@ResponseBody
	Mono<List<Line>> messages(Locale locale) {
		return username().flatMap((username) -> blocking(() -> this.sender.peek(username)))
			.map((waiting) -> waiting.stream()
				.map((message) -> new Line(this.texts.resolve(message.text(), locale)))
				.toList());
	}

	@PostMapping("/mistake")
	Mono<Void> mistake() {
		return username().flatMap((username) -> blocking(() -> {
			this.actions.record("photo.added");
			return null;
		}));
	}

	@GetMapping("/photos")
	String page() {
		return "photos";
	}

	private static Mono<String> username() {
		return ReactiveSecurityContextHolder.getContext().map((context) -> context.getAuthentication().getName());
	}

	/**
	 * Work that waits for the database, on a thread that may wait.
	 */
	private static <T> Mono<T> blocking(Callable<T> work) {
		return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
	}

	record Line(String text) {
	}

}

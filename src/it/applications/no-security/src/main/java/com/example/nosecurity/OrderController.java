package com.example.nosecurity;

import java.security.Principal;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashMessages;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

@Controller
class OrderController {

	private final ActionService actions;

	private final FlashMessages flash;

	OrderController(ActionService actions, FlashMessages flash) {
		this.actions = actions;
		this.flash = flash;
	}

	@GetMapping("/orders")
	String orders() {
		return "orders";
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.SEE_OTHER)
	String add(Principal user) {
		if (user != null) {
			this.actions.record("Ordered");
		}
		this.flash.info("Thank you");
		return "redirect:/orders";
	}

}

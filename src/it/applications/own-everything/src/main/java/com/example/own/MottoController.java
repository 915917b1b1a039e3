package com.example.own;

import java.security.Principal;

import com.example.own.member.ActionService;
import com.example.own.member.ProfileService;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

@Controller
class MottoController {

	private final ProfileService profileService;

	private final ActionService actionService;

	MottoController(ProfileService profileService, ActionService actionService) {
		this.profileService = profileService;
		this.actionService = actionService;
	}

	@GetMapping("/motto")
	String motto(Principal user, Model model) {
		model.addAttribute("motto", this.profileService.motto(user.getName()));
		return "motto";
	}

	@PostMapping("/motto")
	@ResponseStatus(HttpStatus.SEE_OTHER)
	String change(Principal user, @RequestParam String motto) {
		this.actionService.changeMotto(user.getName(), motto);
		return "redirect:/motto";
	}

}

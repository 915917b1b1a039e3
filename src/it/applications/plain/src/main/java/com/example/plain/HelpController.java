package com.example.plain;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class HelpController {

	@GetMapping("/help")
	String help(Model model) {
		model.addAttribute("topic", "Photos");
		return "help";
	}

}

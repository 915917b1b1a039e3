package com.example.api;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class VersionController {

	@GetMapping("/version")
	String version() {
		return "1";
	}

}

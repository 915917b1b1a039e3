package com.example.batch;

import java.util.List;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.text.Text;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Imports for each user that the command line names.
 */
@Component
class ImportJob implements ApplicationRunner {

	private final ActionService actions;

	private final FlashSender sender;

	ImportJob(ActionService actions, FlashSender sender) {
		this.actions = actions;
		this.sender = sender;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		List<String> users = arguments.getNonOptionArgs();
		for (String user : users) {
			this.actions.recordFor(user, "import.done", users.size());
			this.sender.send(user, FlashLevel.WARNING, Text.of("import.incomplete", 2).link("/imports"));
		}
	}

}

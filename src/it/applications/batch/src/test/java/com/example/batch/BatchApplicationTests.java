package com.example.batch;

import java.nio.file.Path;
import java.util.function.BiConsumer;

import dev.actionlog.action.ActionService;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static dev.actionlog.test.ActionLogAssertions.assertThat;

/**
 * The job, run twice on one file.
 */
class BatchApplicationTests {

	@TempDir
	private Path folder;

	@Test
	void recordsAndSendsForNamedUsersAndTheFileKeepsIt() {
		run("ann", (actions, sender) -> {
			assertThat(actions).ofUser("ann").containsExactly(Text.of("import.done", 1));
			assertThat(sender).ofUser("ann", FlashLevel.WARNING)
				.containsExactly(Text.of("import.incomplete", 2).link("/imports"));
		});
		run("bob", (actions, sender) -> {
			assertThat(actions).ofUser("ann").containsExactly("import.done");
			assertThat(actions).ofUser("bob").containsExactly("import.done");
			assertThat(sender).ofUser("ann").containsExactly("import.incomplete");
		});
	}

	private void run(String user, BiConsumer<ActionService, FlashSender> check) {
		try (ConfigurableApplicationContext context = SpringApplication.run(BatchApplication.class, user,
				"--spring.datasource.url=jdbc:h2:file:" + this.folder.resolve("batch"))) {
			check.accept(context.getBean(ActionService.class), context.getBean(FlashSender.class));
		}
	}

}

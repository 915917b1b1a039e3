package dev.actionlog.app;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the pattern of the log's lines.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogLinesTests {

	@Test
	void noTextFromOutsideLooksLikeALineOfTheLog(CapturedOutput output) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Nothing.class)
			.web(WebApplicationType.NONE)
			.run("--spring.main.banner-mode=off", "--logging.level.root=off",
					"--logging.level.dev.actionlog.app.LogLinesTests=error")) {
			assertThat(context.isActive()).isTrue();
			for (String end : new String[] { "\n", "\r\n", "\r", "\u2028", "\n\n" }) {
				LogFactory.getLog(LogLinesTests.class)
					.error("first" + end + "forged one", new IllegalStateException("second" + end + "forged two",
							new Exception("x" + end + "forged three")));
			}
		}
		assertThat(output).contains("first", "\tforged one", "second", "\tforged two", "\tforged three", "\tat ");
		assertThat(output.toString().split("\\R"))
			.allSatisfy((line) -> assertThat(line).matches("|\t.*|\\d{4}-\\d\\d-\\d\\dT.*"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}

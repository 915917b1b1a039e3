package dev.actionlog.app;

import java.util.stream.Stream;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what all forms have in common.
 */
class FormsTests {

	/** The paths that take a form, each with fields that are wrong. */
	static final Iterable<Arguments> FORMS = Stream
		.of(Arguments.of("/sign-up", new String[] { "username", "?", "password", "password" }),
				Arguments.of("/profile/name", new String[] { "name", "" }),
				Arguments.of("/profile/photo", new String[] {}),
				Arguments.of("/profile/password", new String[] { "currentPassword", "wrong", "newPassword", "short" }),
				Arguments.of("/profile/actions/keep", new String[] { "keep", "101" }),
				Arguments.of("/settings", new String[] { "language", "tlh", "timeZone", "Mars/Base" }),
				Arguments.of("/settings/delete", new String[] { "password", "wrong" }))
		.toList();

	private final App app = App.on(Database.H2);

	@ParameterizedTest
	@FieldSource("FORMS")
	void aFormWithErrorsIsABadRequest(String path, String[] fields) {
		Answer answer = send(path, fields);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errors()).isNotEmpty();
	}

	private Answer send(String path, String[] fields) {
		Browser browser = path.equals("/sign-up") ? this.app.browser() : this.app.signUp(App.newName());
		return browser.post(path, fields);
	}

}

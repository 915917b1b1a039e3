package dev.actionlog.app;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the message bundles: all texts of the templates are in them, in both
 * languages.
 */
class MessageBundlesTests {

	private static final Pattern CODE = Pattern.compile("#\\{([a-zA-Z0-9.-]+)");

	private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

	/** A start tag with the text behind it. */
	private static final Pattern TEXT = Pattern.compile("<(/?[a-zA-Z][^>]*(?:\"[^\"]*\"[^>]*)*)>([^<]*)");

	/** An attribute with a text for users, which Thymeleaf has to fill in. */
	private static final Pattern SPOKEN = Pattern
		.compile("(?<!:)\\b(value|alt|title|placeholder|aria-label)=\"([^\"]*[a-zA-Z][^\"]*)\"");

	private final Properties english = bundle("messages.properties");

	private final Properties portuguese = bundle("messages_pt_BR.properties");

	@Test
	void bothLanguagesHaveTheSameMessages() {
		assertThat(this.portuguese.keySet()).containsExactlyInAnyOrderElementsOf(this.english.keySet());
		assertThat(this.english.values()).noneMatch((words) -> words.toString().isBlank());
		assertThat(this.portuguese.values()).noneMatch((words) -> words.toString().isBlank());
	}

	@Test
	void bothLanguagesTakeTheSameArguments() {
		assertThat(this.english.stringPropertyNames()).allSatisfy((code) -> {
			MessageFormat one = new MessageFormat(this.english.getProperty(code));
			MessageFormat other = new MessageFormat(this.portuguese.getProperty(code));
			assertThat(other.getFormatsByArgumentIndex()).hasSameSizeAs(one.getFormatsByArgumentIndex());
		});
	}

	@Test
	void everyErrorPageHasItsMessages() {
		assertThat(this.english.stringPropertyNames())
			.contains(Stream.of("400", "403", "form", "404", "405", "409", "413", "429", "500")
				.flatMap((reason) -> Stream.of("error." + reason + ".title", "error." + reason + ".text"))
				.toArray(String[]::new));
	}

	@Test
	void everyCodeOfATemplateHasItsMessage() {
		Set<String> codes = new TreeSet<>();
		templates().forEach(
				(template) -> CODE.matcher(content(template)).results().forEach((match) -> codes.add(match.group(1))));
		assertThat(codes).hasSizeGreaterThan(30).isSubsetOf(this.english.stringPropertyNames());
	}

	@ParameterizedTest
	@MethodSource("templates")
	void everyVisibleTextOfATemplateComesFromABundle(Resource template) {
		String html = COMMENT.matcher(content(template)).replaceAll("");
		assertThat(TEXT.matcher(html).results())
			.filteredOn((match) -> match.group(2).codePoints().anyMatch(Character::isLetter))
			// the product's name is the same in all languages
			.filteredOn((match) -> !match.group(2).equals("actionlog"))
			.allSatisfy((match) -> assertThat(match.group(1)).as(match.group()).contains("th:text="));
		assertThat(html.split("(?=<)")).filteredOn((tag) -> !tag.contains(" type=\"hidden\""))
			.allSatisfy((tag) -> assertThat(SPOKEN.matcher(tag).results())
				.allSatisfy((match) -> assertThat(tag).contains("th:" + match.group(1) + "=")));
	}

	static List<Resource> templates() {
		try {
			return Arrays.asList(new PathMatchingResourcePatternResolver()
				.getResources("file:src/main/resources/templates/**/*.html"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String content(Resource template) {
		try {
			return template.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Properties bundle(String name) {
		Properties bundle = new Properties();
		try (InputStreamReader reader = new InputStreamReader(new ClassPathResource(name).getInputStream(),
				StandardCharsets.UTF_8)) {
			bundle.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bundle;
	}

}

package dev.actionlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the README's table of settings against the code.
 */
class SettingsTableTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `(actionlog\\.[^`]+)` \\| (?:`([^`]*)`)? ?\\|");

	@Test
	void saysWhatTheCodeSays() throws IOException {
		Map<String, String> documented = ROW.matcher(Files.readString(Path.of("README.md")))
			.results()
			.collect(Collectors.toMap((row) -> row.group(1).replace(".<number>", ""), SettingsTableTests::defaultValue,
					(first, second) -> second, TreeMap::new));
		assertThat(documented).isNotEmpty().isEqualTo(metadata());
	}

	private static String defaultValue(MatchResult row) {
		return (row.group(2) != null) ? row.group(2) : "";
	}

	private static Map<String, String> metadata() throws IOException {
		JsonNode metadata = JsonMapper.shared()
			.readTree(Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json")));
		return metadata.get("properties")
			.valueStream()
			.collect(Collectors.toMap((property) -> property.get("name").asString(),
					(property) -> property.path("defaultValue").asString(""), (first, second) -> second, TreeMap::new));
	}

}

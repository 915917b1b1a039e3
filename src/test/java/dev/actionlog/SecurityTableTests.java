package dev.actionlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the tables of the ASVS in the page about security: no requirement is missing,
 * and what is named as evidence exists.
 */
class SecurityTableTests {

	/** How many requirements of the levels 1 and 2 the version 5.0.0 has. */
	private static final int REQUIREMENTS = 253;

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| (V\\d+\\.\\d+\\.\\d+) \\| [12] \\| (\\w+) \\| [^|]+ \\| ([^|]*) \\|$");

	private static final Pattern GROUP = Pattern.compile("(?m)^\\| (V[^|]+) \\| (\\d+) \\| [^|]+ \\|$");

	/** A file, a class, or a method of a class. */
	private static final Pattern NAME = Pattern.compile("`([^`#]+)(?:#(\\w+))?`");

	private final String page;

	SecurityTableTests() throws IOException {
		this.page = Files.readString(Path.of("src/docs/security.md"));
	}

	@Test
	void eachRequirementIsThereOnce() {
		List<String> ids = new ArrayList<>(rows().map((row) -> row.group(1)).toList());
		int others = 0;
		for (MatchResult group : GROUP.matcher(this.page).results().toList()) {
			List<String> listed = Arrays.asList(group.group(1).split(", "));
			// or a whole chapter
			if (listed.get(0).contains(".")) {
				assertThat(listed).hasSize(Integer.parseInt(group.group(2)));
			}
			ids.addAll(listed);
			others += Integer.parseInt(group.group(2));
		}
		assertThat(ids).doesNotHaveDuplicates();
		assertThat(rows().count() + others).isEqualTo(REQUIREMENTS);
	}

	@Test
	void evidenceExists() throws IOException {
		Map<String, String> classes = classes();
		assertThat(rows()).allSatisfy((row) -> {
			List<MatchResult> names = NAME.matcher(row.group(3)).results().toList();
			assertThat(row.group(2)).as(row.group(1)).isIn("met", "operator", "relaxed", "open");
			assertThat(names.isEmpty()).as(row.group())
				.isEqualTo(row.group(2).equals("open") && !row.group(3).contains("`"));
			for (MatchResult name : names) {
				if (name.group(1).matches(".*[/.].*")) {
					assertThat(Path.of(name.group(1))).exists();
				}
				else {
					assertThat(classes).as(row.group()).containsKey(name.group(1));
					assertThat(classes.get(name.group(1))).as(row.group())
						.contains((name.group(2) != null) ? " " + name.group(2) + "(" : "");
				}
			}
		});
	}

	private Stream<MatchResult> rows() {
		return ROW.matcher(this.page).results();
	}

	/**
	 * The sources of the classes, by their simple names.
	 */
	private static Map<String, String> classes() throws IOException {
		try (Stream<Path> main = Files.walk(Path.of("src/main/java"));
				Stream<Path> test = Files.walk(Path.of("src/test/java/dev/actionlog"))) {
			return Stream.concat(main, test)
				.filter((file) -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
				.collect(Collectors.toMap((file) -> file.getFileName().toString().replace(".java", ""),
						SecurityTableTests::read, String::concat));
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

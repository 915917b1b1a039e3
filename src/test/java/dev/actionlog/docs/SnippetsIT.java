package dev.actionlog.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles each snippet of Java in the README and in the manual, with the imports that it
 * shows, and those that the README takes for granted. A snippet is a whole class, or
 * members or statements of a class with the fields of {@link SnippetContext}.
 */
class SnippetsIT {

	private static final Pattern SNIPPET = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern IMPORTS = Pattern.compile("\\A((?:import .*;\n|\n)*)");

	/** The imports that the README says in one sentence, and those of its controllers. */
	private static final String README = Stream
		.of("dev.actionlog.action", "dev.actionlog.flash", "dev.actionlog.text",
				"org.springframework.web.bind.annotation")
		.map((name) -> "import " + name + ".*;\n")
		.collect(Collectors.joining());

	private static final Pattern TYPE = Pattern.compile("^(public )?(class|record|interface) (\\w+)",
			Pattern.MULTILINE);

	private static final Pattern MEMBER = Pattern.compile("^(@|private |public |void )|^\\w.*\\) \\{$",
			Pattern.MULTILINE);

	private static final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	/** Reads the jars of the class path once for all snippets. */
	private static final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);

	@TempDir
	static Path classes;

	@AfterAll
	static void close() throws IOException {
		files.close();
	}

	static Stream<Snippet> snippets() throws IOException {
		try (Stream<Path> manual = Files.list(Path.of("src/docs"))) {
			List<Path> pages = manual.filter((page) -> page.toString().endsWith(".md")).sorted().toList();
			return Stream.concat(Stream.of(Path.of("README.md")), pages.stream()).flatMap(SnippetsIT::snippets);
		}
	}

	private static Stream<Snippet> snippets(Path page) {
		try {
			String text = Files.readString(page);
			return SNIPPET.matcher(text)
				.results()
				.map((found) -> new Snippet(
						page.getFileName() + ":" + (text.substring(0, found.start()).lines().count() + 1),
						found.group(1)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("snippets")
	void compiles(Snippet snippet) {
		StringWriter errors = new StringWriter();
		boolean compiled = compiler.getTask(
				errors, files, null, List.of("-proc:none", "-parameters", "-classpath",
						System.getProperty("java.class.path"), "-d", classes.toString()),
				null, List.of(new Source(snippet)))
			.call();
		assertThat(compiled).as("%s%n%s", snippet, errors).isTrue();
	}

	/**
	 * A snippet.
	 *
	 * @param place the page and the line where it stands
	 * @param code what it says
	 */
	record Snippet(String place, String code) {

		String className() {
			Matcher type = TYPE.matcher(this.code);
			return type.find() ? type.group(3) : "Snippet";
		}

		String source() {
			if (TYPE.matcher(this.code).find()) {
				return this.code;
			}
			Matcher imports = IMPORTS.matcher(this.code);
			String shown = imports.find() ? imports.group(1) : "";
			String rest = this.code.substring(shown.length());
			String members = MEMBER.matcher(rest).find() ? rest : "void run() throws Exception {\n" + rest + "}\n";
			return (this.place.startsWith("README") ? README : "") + shown
					+ "class Snippet extends dev.actionlog.docs.SnippetContext {\n" + members + "}\n";
		}

		@Override
		public String toString() {
			return this.place;
		}

	}

	private static final class Source extends SimpleJavaFileObject {

		private final Snippet snippet;

		Source(Snippet snippet) {
			super(URI.create("string:///" + snippet.className() + ".java"), JavaFileObject.Kind.SOURCE);
			this.snippet = snippet;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.snippet.source();
		}

	}

}

package dev.actionlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.SpringVersion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Opens the packaged jars: the plain one is the library and nothing else, the exec one is
 * the whole application.
 */
class PlainJarIT {

	private static final List<String> MODULES = List.of("action", "database", "flash", "live", "profile", "text");

	@Test
	void plainJarHasTheLibrary() {
		assertThat(entries(jar(""))).contains("dev/actionlog/action/ActionService.class",
				"dev/actionlog/flash/FlashMessages.class", "dev/actionlog/profile/ProfileService.class",
				"dev/actionlog/database/DatabaseAutoConfiguration.class", "dev/actionlog/text/Text.class",
				"dev/actionlog/database/h2/R__actionlog.sql", "dev/actionlog/text/library.properties",
				"dev/actionlog/text/library_pt.properties", "templates/actionlog/flash.html",
				"templates/actionlog/history.html", "META-INF/resources/actionlog/live.js",
				"dev/actionlog/live/LiveAutoConfiguration.class", "META-INF/spring.factories",
				"META-INF/spring-configuration-metadata.json", "META-INF/spring-autoconfigure-metadata.properties",
				"META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports",
				"META-INF/spring/org.springframework.boot.data.jpa.test.autoconfigure.AutoConfigureDataJpa.imports",
				"META-INF/spring/org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureWebMvc.imports");
	}

	@Test
	void plainJarHasNothingElse() {
		Predicate<String> module = (entry) -> MODULES.stream()
			.anyMatch((name) -> entry.startsWith("dev/actionlog/" + name + "/"));
		assertThat(entries(jar(""))).isNotEmpty()
			.allMatch(module.or((entry) -> entry.startsWith("META-INF/") || entry.startsWith("templates/actionlog/")
					|| entry.equals("dev/actionlog/package-info.class")))
			.noneMatch((entry) -> entry
				.matches("META-INF/(spring-devtools|native-image|resources/(?!actionlog/live\\.js)|sbom)/.*"));
	}

	@Test
	void everySettingIsDescribed() {
		JsonNode settings = JsonMapper.shared()
			.readTree(read(jar(""), "META-INF/spring-configuration-metadata.json"))
			.get("properties");
		assertThat(settings.valueStream().map((setting) -> setting.get("name").asString()))
			.contains("actionlog.actions.keep", "actionlog.flash.min-level", "actionlog.live.enabled",
					"actionlog.database.initialize")
			.allMatch((name) -> name.startsWith("actionlog."));
		assertThat(settings.valueStream())
			.allMatch((setting) -> setting.path("description").asString("").endsWith("."));
	}

	@Test
	void plainJarBringsOnlyJpaIntoApplication() throws Exception {
		NodeList dependencies;
		try (ZipFile jar = new ZipFile(jar("").toFile());
				InputStream pom = jar.getInputStream(jar.getEntry("META-INF/maven/dev.actionlog/actionlog/pom.xml"))) {
			Element project = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom).getDocumentElement();
			dependencies = child(project, "dependencies").getElementsByTagName("dependency");
		}
		List<String> brought = new ArrayList<>();
		for (int i = 0; i < dependencies.getLength(); i++) {
			Element dependency = (Element) dependencies.item(i);
			boolean optional = text(dependency, "optional", "false").equals("true");
			if (!optional && List.of("compile", "runtime").contains(text(dependency, "scope", "compile"))) {
				brought.add(text(dependency, "artifactId", ""));
			}
		}
		assertThat(brought).containsExactly("spring-boot-starter-data-jpa");
	}

	@Test
	void execJarHasTheApplicationAndTheLibraryOnce() {
		List<String> entries = entries(jar("-exec"));
		assertThat(entries).contains("BOOT-INF/classes/application.properties",
				"BOOT-INF/classes/dev/actionlog/app/ActionLogApplication.class",
				"BOOT-INF/classes/db/migration/V1__accounts.sql", "BOOT-INF/classes/templates/profile.html");
		assertThat(entries).filteredOn((entry) -> entry.endsWith("dev/actionlog/action/ActionService.class"))
			.containsExactly("BOOT-INF/classes/dev/actionlog/action/ActionService.class");
		assertThat(entries).noneMatch((entry) -> entry.startsWith("BOOT-INF/lib/actionlog"));
		for (String library : List.of("h2", "postgresql", "flyway-core", "picocss__pico", "tomcat-embed-core")) {
			assertThat(entries).anyMatch((entry) -> entry.startsWith("BOOT-INF/lib/" + library + "-"));
		}
	}

	/**
	 * The list also has the starters, which the jar does not need, and the jar has a tool
	 * that Spring Boot's plugin adds.
	 */
	@Test
	void execJarListsTheLibrariesThatAreInIt() {
		JsonNode listed = JsonMapper.shared()
			.readTree(read(jar("-exec"), "META-INF/sbom/application.cdx.json"))
			.get("components");
		assertThat(listed.valueStream()
			.map((library) -> library.get("name").asString() + "-" + library.get("version").asString() + ".jar")
			.filter((file) -> !file.startsWith("spring-boot-starter-")))
			.contains("spring-core-" + SpringVersion.getVersion() + ".jar")
			.containsExactlyInAnyOrderElementsOf(entries(jar("-exec")).stream()
				.filter((entry) -> entry.matches("BOOT-INF/lib/(?!spring-boot-jarmode-).+\\.jar"))
				.map((entry) -> entry.replace("BOOT-INF/lib/", ""))
				.toList());
	}

	@Test
	void testsJarHasTheTestHelpOnly() {
		assertThat(entries(jar("-tests"))).contains("dev/actionlog/test/ActionLogAssertions.class")
			.allMatch((entry) -> entry.startsWith("dev/actionlog/test/") || entry.startsWith("META-INF/"))
			.noneMatch((entry) -> entry.endsWith("Tests.class"));
	}

	@Test
	void sourcesAndJavadocAreOfTheLibraryOnly() {
		assertThat(entries(jar("-sources"))).contains("dev/actionlog/action/ActionService.java")
			.noneMatch((entry) -> entry.startsWith("dev/actionlog/app/") || entry.startsWith("db/"));
		assertThat(entries(jar("-javadoc"))).contains("dev/actionlog/action/ActionService.html")
			.noneMatch((entry) -> entry.startsWith("dev/actionlog/app/"));
	}

	private static Path jar(String classifier) {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			List<Path> jars = files
				.filter((file) -> file.getFileName()
					.toString()
					.matches("actionlog-[0-9.]+(-SNAPSHOT)?" + classifier + "\\.jar"))
				.toList();
			assertThat(jars).hasSize(1);
			return jars.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> entries(Path jar) {
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			return zip.stream().filter((entry) -> !entry.isDirectory()).map((entry) -> entry.getName()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] read(Path jar, String entry) {
		try (ZipFile zip = new ZipFile(jar.toFile()); InputStream in = zip.getInputStream(zip.getEntry(entry))) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Element child(Element parent, String name) {
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element && element.getTagName().equals(name)) {
				return element;
			}
		}
		throw new IllegalStateException("No " + name + " in " + parent.getTagName());
	}

	private static String text(Element parent, String name, String otherwise) {
		NodeList elements = parent.getElementsByTagName(name);
		return (elements.getLength() > 0) ? elements.item(0).getTextContent().strip() : otherwise;
	}

}

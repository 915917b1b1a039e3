package dev.actionlog.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Extent;
import dev.actionlog.testing.Pictures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the executable jar, run as a process.
 */
class ExecJarIT {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	@TempDir
	private Path directory;

	private final List<Process> processes = new ArrayList<>();

	@AfterEach
	void stop() throws InterruptedException {
		for (Process process : this.processes) {
			process.destroyForcibly().waitFor();
		}
	}

	@Test
	@EnabledIfSystemProperty(named = Extent.ALL, matches = "true")
	void committedChangesSurviveAKillAndTheFileIsLocked() throws IOException, InterruptedException {
		Process first = start("first.log");
		Browser browser = new Browser(port(first, "first.log"));
		assertThat(browser.post("/sign-up", "username", "ann", "password", App.PASSWORD).location())
			.isEqualTo("/recovery-code");
		assertThat(browser.upload("/profile/photo", Map.of("photo", Pictures.turnedJpeg(1200, 600, 6))).status())
			.isEqualTo(303);
		for (int i = 1; i <= 15; i++) {
			assertThat(browser.post("/profile/name", "name", "Name " + i).status()).isEqualTo(303);
		}
		first.destroyForcibly().waitFor();

		Process second = start("second.log");
		browser = new Browser(port(second, "second.log"));
		assertThat(browser.post("/login", "username", "ann", "password", App.PASSWORD).location())
			.isEqualTo("/profile");
		assertThat(browser.get("/profile").actions()).containsExactly(IntStream.iterate(15, (i) -> i - 1)
			.limit(10)
			.mapToObj((i) -> "Name changed to Name " + i)
			.toArray(String[]::new));
		assertThat(Pictures.read(browser.get("/profile/photo/file").body()).getHeight()).isEqualTo(512);

		Process third = start("third.log");
		assertThat(third.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(third.exitValue()).isNotZero();
		assertThat(output("third.log")).contains("The H2 database file is in use by another process")
			.doesNotContain("\tat ");
		assertThat(browser.get("/profile").status()).isEqualTo(200);
	}

	@Test
	void runsOnPostgresql() throws IOException, InterruptedException {
		List<String> settings = new ArrayList<>(
				List.of("--spring.profiles.active=postgresql", "--logging.structured.format.console=ecs"));
		Database.POSTGRESQL.create().forEach((name, value) -> settings.add("--" + name + "=" + value));
		Process process = start("postgresql.log", settings.toArray(String[]::new));
		Browser browser = new Browser(port(process, "postgresql.log"));
		assertThat(browser.post("/sign-up", "username", "ann", "password", App.PASSWORD).location())
			.isEqualTo("/recovery-code");
		assertThat(browser.post("/profile/name", "name", "Ann of Lisbon").status()).isEqualTo(303);
		assertThat(browser.get("/profile").actions()).containsExactly("Name changed to Ann of Lisbon", "Signed up");
		assertThat(this.directory.resolve("data")).doesNotExist();
		new Browser(port(process, "postgresql.log")).post("/login", "username", "ann", "password", "wrong");
		new Browser(port(process, "postgresql.log")).post("/login", "username", "my password\n{}", "password", "x");
		assertThat(output("postgresql.log").lines()).filteredOn((line) -> line.contains("Security event"))
			.hasSize(3)
			.allSatisfy((line) -> assertThat(line).startsWith("{").endsWith("}").contains("127.0.0.1"))
			.anySatisfy((line) -> assertThat(line).contains("wrong-password", "\"ann\""));
		assertThat(output("postgresql.log")).doesNotContain("my password", App.PASSWORD);
	}

	private Process start(String log, String... settings) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-jar", jar().toString(), "--server.port=0", "--server.address=127.0.0.1"));
		command.addAll(List.of(settings));
		// the default database is a file below the directory where it is started
		Process process = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(log).toFile())
			.start();
		this.processes.add(process);
		return process;
	}

	private static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("actionlog-.*-exec\\.jar"))
				.findFirst()
				.orElseThrow()
				.toAbsolutePath();
		}
	}

	private int port(Process process, String log) throws IOException, InterruptedException {
		while (true) {
			boolean ended = !process.isAlive();
			Matcher matcher = PORT.matcher(output(log));
			if (matcher.find()) {
				return Integer.parseInt(matcher.group(1));
			}
			assertThat(ended).as(output(log)).isFalse();
			Thread.sleep(50);
		}
	}

	private String output(String log) throws IOException {
		return Files.readString(this.directory.resolve(log));
	}

}

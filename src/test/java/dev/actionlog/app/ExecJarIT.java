package dev.actionlog.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Extent;
import dev.actionlog.testing.JarProcess;
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

	@TempDir
	private Path directory;

	private final List<JarProcess> processes = new ArrayList<>();

	@AfterEach
	void stop() {
		this.processes.forEach(JarProcess::close);
	}

	@Test
	@EnabledIfSystemProperty(named = Extent.ALL, matches = "true")
	void committedChangesSurviveAKillAndTheFileIsLocked() throws IOException, InterruptedException {
		JarProcess first = start("first.log");
		Browser browser = new Browser(first.port());
		assertThat(browser.post("/sign-up", "username", "ann", "password", App.PASSWORD).location())
			.isEqualTo("/recovery-code");
		assertThat(browser.upload("/profile/photo", Map.of("photo", Pictures.turnedJpeg(1200, 600, 6))).status())
			.isEqualTo(303);
		for (int i = 1; i <= 15; i++) {
			assertThat(browser.post("/profile/name", "name", "Name " + i).status()).isEqualTo(303);
		}
		first.close();

		JarProcess second = start("second.log");
		browser = new Browser(second.port());
		assertThat(browser.post("/login", "username", "ann", "password", App.PASSWORD).location())
			.isEqualTo("/profile");
		assertThat(browser.get("/profile").actions()).containsExactly(IntStream.iterate(15, (i) -> i - 1)
			.limit(10)
			.mapToObj((i) -> "Name changed to Name " + i)
			.toArray(String[]::new));
		assertThat(Pictures.read(browser.get("/profile/photo/file").body()).getHeight()).isEqualTo(512);

		JarProcess third = start("third.log");
		assertThat(third.exitValue()).isNotZero();
		assertThat(third.log()).contains("The H2 database file is in use by another process").doesNotContain("\tat ");
		assertThat(browser.get("/profile").status()).isEqualTo(200);
	}

	@Test
	void runsOnPostgresql() throws IOException, InterruptedException {
		List<String> settings = new ArrayList<>(
				List.of("--spring.profiles.active=postgresql", "--logging.structured.format.console=ecs"));
		Database.POSTGRESQL.create().forEach((name, value) -> settings.add("--" + name + "=" + value));
		JarProcess process = start("postgresql.log", settings.toArray(String[]::new));
		Browser browser = new Browser(process.port());
		assertThat(browser.post("/sign-up", "username", "ann", "password", App.PASSWORD).location())
			.isEqualTo("/recovery-code");
		assertThat(browser.post("/profile/name", "name", "Ann of Lisbon").status()).isEqualTo(303);
		assertThat(browser.get("/profile").actions()).containsExactly("Name changed to Ann of Lisbon", "Signed up");
		assertThat(this.directory.resolve("data")).doesNotExist();
		new Browser(process.port()).post("/login", "username", "ann", "password", "wrong");
		new Browser(process.port()).post("/login", "username", "my password\n{}", "password", "x");
		assertThat(process.log().lines()).filteredOn((line) -> line.contains("Security event"))
			.hasSize(3)
			.allSatisfy((line) -> assertThat(line).startsWith("{").endsWith("}").contains("127.0.0.1"))
			.anySatisfy((line) -> assertThat(line).contains("wrong-password", "\"ann\""));
		assertThat(process.log()).doesNotContain("my password", App.PASSWORD);
	}

	private JarProcess start(String log, String... settings) throws IOException {
		JarProcess process = JarProcess.start(this.directory, log, List.of(settings));
		this.processes.add(process);
		return process;
	}

}

package dev.actionlog.app;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Extent;
import dev.actionlog.testing.JarProcess;
import dev.actionlog.testing.Pictures;
import dev.actionlog.testing.SmallFileSystem;
import dev.actionlog.testing.Together;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the executable jar on an H2 file that cannot be written or read.
 */
@EnabledIfSystemProperty(named = Extent.ALL, matches = "true")
class DatabaseFileIT {

	@TempDir
	private Path directory;

	private Path folder;

	private final List<JarProcess> processes = new ArrayList<>();

	@BeforeEach
	void makeFolder() throws Exception {
		this.folder = Files.createDirectory(this.directory.resolve("data"));
	}

	@AfterEach
	void stop() {
		this.processes.forEach(JarProcess::close);
	}

	@Test
	void afterTheDiskWasFullItWorksAgainAndNothingIsLost() throws Exception {
		try (SmallFileSystem disk = SmallFileSystem.mount(this.folder)) {
			JarProcess process = start("--management.health.diskspace.path=data",
					"--management.health.diskspace.threshold=1MB");
			Browser browser = new Browser(process.port());
			signUp(browser);
			assertThat(browser.get("/actuator/health").status()).isEqualTo(200);
			disk.fill();
			assertThat(browser.get("/actuator/health").status()).isEqualTo(503);
			List<String> names = new ArrayList<>();
			Answer answer;
			do {
				String name = "Name " + (names.size() + 1);
				answer = browser.post("/profile/name", "name", name);
				if (answer.status() == 303) {
					names.add(0, "Name changed to " + name);
				}
				else {
					assertThat(answer.status()).isEqualTo(503);
				}
				// a photo takes room
				browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(512, 512)));
			}
			while (answer.status() == 303);
			disk.empty();
			Together.eventually(() -> browser.get("/actuator/health").status() == 200);
			assertThat(browser.post("/profile/name", "name", "Ann").status()).isEqualTo(303);
			names.add(0, "Name changed to Ann");
			process.close();
			Browser again = new Browser(start().port());
			assertThat(again.post("/login", "username", "ann", "password", App.PASSWORD).location())
				.isEqualTo("/profile");
			List<String> actions = again.get("/profile").actions().stream().filter((it) -> it.startsWith("N")).toList();
			assertThat(names).startsWith(actions.toArray(String[]::new));
			assertThat(process.log()).doesNotContain("\tat ");
		}
	}

	@Test
	void aReadOnlyFileIsOneSentence() throws Exception {
		try (SmallFileSystem disk = SmallFileSystem.mount(this.folder)) {
			signUpAndStop();
			disk.setReadOnly(true);
			assertEndsWith("The database file cannot be made or written: ", "Read-only file system");
			disk.setReadOnly(false);
			assertThatNothingIsLost();
		}
	}

	@Test
	void aReadOnlyFolderWithoutAFileIsOneSentence() throws Exception {
		try (SmallFileSystem disk = SmallFileSystem.mount(this.folder)) {
			disk.setReadOnly(true);
			assertEndsWith("The database file cannot be made or written: ", "Read-only file system");
		}
	}

	@Test
	void aDamagedFileIsOneSentence() throws Exception {
		signUpAndStop();
		Path database = this.folder.resolve("actionlog.mv.db");
		byte[] before = Files.readAllBytes(database);
		try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
			for (long at = 0; at < file.length(); at += 100) {
				file.seek(at);
				file.write("damaged".getBytes(StandardCharsets.UTF_8));
			}
		}
		assertEndsWith("The H2 database file is damaged", "org.h2.tools.Recover");
		Files.write(database, before);
		assertThatNothingIsLost();
	}

	private JarProcess start(String... settings) throws Exception {
		JarProcess process = JarProcess.start(this.directory, this.processes.size() + ".log", List.of(settings));
		this.processes.add(process);
		return process;
	}

	private void signUpAndStop() throws Exception {
		JarProcess process = start();
		signUp(new Browser(process.port()));
		process.close();
	}

	private static void signUp(Browser browser) {
		assertThat(browser.post("/sign-up", "username", "ann", "password", App.PASSWORD).location())
			.isEqualTo("/recovery-code");
	}

	private void assertEndsWith(String... words) throws Exception {
		JarProcess process = start();
		assertThat(process.exitValue()).isNotZero();
		assertThat(process.log()).contains(words).doesNotContain("\tat ");
		assertThat(process.log().lines().dropWhile((line) -> !line.contains("APPLICATION FAILED TO START")))
			.hasSizeLessThan(15);
	}

	private void assertThatNothingIsLost() throws Exception {
		Browser browser = new Browser(start().port());
		assertThat(browser.post("/login", "username", "ann", "password", App.PASSWORD).location())
			.isEqualTo("/profile");
		assertThat(browser.get("/profile").actions()).containsExactly("Signed up");
	}

}

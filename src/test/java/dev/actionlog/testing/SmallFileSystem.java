package dev.actionlog.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A file system of a few megabytes in memory, which can be full, and be made read-only.
 * Not everybody may make one.
 */
public final class SmallFileSystem implements AutoCloseable {

	private static final String BALLAST = "ballast";

	private final Path folder;

	private SmallFileSystem(Path folder) {
		this.folder = folder;
	}

	/**
	 * Makes one, or skips the test that asks for it.
	 * @param folder where, an empty folder
	 * @return the file system
	 * @throws Exception if it cannot be tried
	 */
	public static SmallFileSystem mount(Path folder) throws Exception {
		assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
		assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString()))
			.as("No file system can be mounted by this user")
			.isZero();
		return new SmallFileSystem(folder);
	}

	/**
	 * Leaves no room in it.
	 * @throws IOException if not even the first byte could be written
	 */
	public void fill() throws IOException {
		try (OutputStream ballast = Files.newOutputStream(this.folder.resolve(BALLAST))) {
			while (true) {
				ballast.write(new byte[4096]);
			}
		}
		catch (IOException ex) {
			// it is full
		}
	}

	/**
	 * Makes room again.
	 * @throws IOException if that fails
	 */
	public void empty() throws IOException {
		Files.delete(this.folder.resolve(BALLAST));
	}

	/**
	 * Makes it read-only, or writable again.
	 * @param readOnly whether nothing can be written
	 * @throws Exception if that fails
	 */
	public void setReadOnly(boolean readOnly) throws Exception {
		if (run("mount", "-o", readOnly ? "remount,ro" : "remount,rw", this.folder.toString()) != 0) {
			throw new IOException("It is in use");
		}
	}

	@Override
	public void close() throws Exception {
		run("umount", "-l", this.folder.toString());
	}

	private static int run(String... command) throws Exception {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

}

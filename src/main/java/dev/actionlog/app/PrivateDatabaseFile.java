package dev.actionlog.app;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;

/**
 * Makes the file of an H2 database readable by its owner only before H2 opens it, and so
 * the folder, unless it has other files, too, where the system has POSIX permissions. A
 * file that cannot be written stops the start.
 */
@Component
class PrivateDatabaseFile implements BeanPostProcessor {

	private static final Pattern URL = Pattern.compile("jdbc:h2:(?:file:)?([^:;]+)(?:;.*)?");

	private static final String SUFFIX = ".mv.db";

	private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

	private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof HikariDataSource dataSource) {
			Matcher url = URL.matcher(String.valueOf(dataSource.getJdbcUrl()));
			if (url.matches()) {
				String database = url.group(1)
					.replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home")));
				try {
					prepare(Path.of(database + SUFFIX).toAbsolutePath().normalize());
				}
				catch (IOException ex) {
					throw new InvalidConfigurationPropertyValueException("spring.datasource.url", url.group(),
							"The database file cannot be made or written: " + ex.getMessage());
				}
			}
		}
		return bean;
	}

	private static void prepare(Path file) throws IOException {
		Path folder = file.getParent();
		if (folder != null && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			protect(file, folder);
		}
		// H2 would read it, and refuse each change
		if (Files.exists(file) && !Files.isWritable(file)) {
			throw new FileSystemException(file.toString(), null, "It can only be read");
		}
	}

	private static void protect(Path file, Path folder) throws IOException {
		if (Files.notExists(folder)) {
			Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
		}
		else if (hasOnly(folder, file.getFileName().toString().replace(SUFFIX, "."))) {
			Files.setPosixFilePermissions(folder, FOLDER);
		}
		if (Files.notExists(file)) {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
		}
		else {
			Files.setPosixFilePermissions(file, FILE);
		}
	}

	private static boolean hasOnly(Path folder, String prefix) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.allMatch((file) -> file.getFileName().toString().startsWith(prefix));
		}
	}

}

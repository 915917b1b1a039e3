package dev.actionlog.app;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.springframework.stereotype.Component;

/**
 * Makes the file of an H2 database readable by its owner only before H2 opens it, and so
 * the folder, unless it has other files, too. On a system without POSIX permissions it
 * does nothing.
 */
@Component
class PrivateDatabaseFile implements BeanPostProcessor {

	private static final Pattern URL = Pattern.compile("jdbc:h2:(?:file:)?([^:;]+)(?:;.*)?");

	private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

	private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof HikariDataSource dataSource) {
			Matcher url = URL.matcher(String.valueOf(dataSource.getJdbcUrl()));
			if (url.matches()) {
				protect(url.group(1).replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home"))));
			}
		}
		return bean;
	}

	private static void protect(String database) {
		Path file = Path.of(database + ".mv.db").toAbsolutePath();
		Path folder = file.getParent();
		try {
			if (folder == null || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
				return;
			}
			if (Files.notExists(folder)) {
				Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
			}
			else if (hasOnly(folder, Path.of(database).getFileName() + ".")) {
				Files.setPosixFilePermissions(folder, FOLDER);
			}
			if (Files.notExists(file)) {
				Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
			}
			else {
				Files.setPosixFilePermissions(file, FILE);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean hasOnly(Path folder, String prefix) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.allMatch((file) -> file.getFileName().toString().startsWith(prefix));
		}
	}

}

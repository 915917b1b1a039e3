package dev.actionlog.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.support.DatabaseMetaDataCallback;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * Runs the script that makes the tables. Spring Boot knows the type and so runs it before
 * JPA starts, and after Flyway or Liquibase where an application has them.
 */
class ScriptInitializer extends DataSourceScriptDatabaseInitializer {

	/** Each database has a folder of its own. */
	private static final String SCRIPTS = "classpath*:dev/actionlog/database/*/R__actionlog.sql";

	ScriptInitializer(DataSource dataSource, DatabaseInitializationMode mode) {
		super(dataSource, settings(mode));
	}

	private static DatabaseInitializationSettings settings(DatabaseInitializationMode mode) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setSchemaLocations(List.of(SCRIPTS));
		settings.setMode(mode);
		return settings;
	}

	/**
	 * Whether the database is an H2 inside this process. Spring Boot's own test knows
	 * only the one in memory.
	 */
	@Override
	protected boolean isEmbeddedDatabase() {
		String url = url();
		return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
	}

	/**
	 * Runs the script of the database. There is none where the library does not work with
	 * it: that must not stop an application that does not use the library.
	 */
	@Override
	protected void runScripts(Scripts scripts) {
		String own = "/dev/actionlog/database/" + ask(DatabaseMetaData::getDatabaseProductName).toLowerCase(Locale.ROOT)
				+ "/R__actionlog.sql";
		super.runScripts(new Scripts(StreamSupport.stream(scripts.spliterator(), false)
			.filter((script) -> address(script).endsWith(own))
			.toList()));
	}

	private static String address(Resource script) {
		try {
			return script.getURI().toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The URL of the database, empty where nothing answers yet: there may be none without
	 * a tenant.
	 */
	private String url() {
		try {
			return ask(DatabaseMetaData::getURL);
		}
		catch (RuntimeException ex) {
			return "";
		}
	}

	private String ask(DatabaseMetaDataCallback<String> question) {
		try {
			return JdbcUtils.extractDatabaseMetaData(getDataSource(), question);
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("No connection to ask for the kind of database", ex);
		}
	}

}

package dev.actionlog.database;

import java.sql.DatabaseMetaData;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.jdbc.support.DatabaseMetaDataCallback;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * Runs the script that makes the tables. Spring Boot knows the type and so runs it before
 * JPA starts, and after Flyway or Liquibase where an application has them.
 */
class ScriptInitializer extends DataSourceScriptDatabaseInitializer {

	static final String SCRIPT = "classpath:dev/actionlog/database/R__actionlog.sql";

	ScriptInitializer(DataSource dataSource, DatabaseInitializationMode mode) {
		super(dataSource, settings(mode));
	}

	private static DatabaseInitializationSettings settings(DatabaseInitializationMode mode) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setSchemaLocations(List.of(SCRIPT));
		settings.setMode(mode);
		return settings;
	}

	/**
	 * Whether the database is an H2 inside this process. Spring Boot's own test knows
	 * only the one in memory.
	 */
	@Override
	protected boolean isEmbeddedDatabase() {
		String url = ask(DatabaseMetaData::getURL);
		return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
	}

	/**
	 * Runs the script, but not on a database that the library does not work with: it must
	 * not stop an application that does not use the library.
	 */
	@Override
	protected void runScripts(Scripts scripts) {
		if (DatabaseInspection.Product.named(ask(DatabaseMetaData::getDatabaseProductName)).isPresent()) {
			super.runScripts(scripts);
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

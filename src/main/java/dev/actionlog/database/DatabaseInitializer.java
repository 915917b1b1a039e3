package dev.actionlog.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;

/**
 * Runs the script. Spring Boot knows the type and so runs it before JPA starts, and after
 * Flyway or Liquibase where an application has them.
 */
class DatabaseInitializer extends DataSourceScriptDatabaseInitializer {

	static final String SCRIPT = "classpath:dev/actionlog/database/R__actionlog.sql";

	private final DataSource dataSource;

	DatabaseInitializer(DataSource dataSource, DatabaseInitializationMode mode) {
		super(dataSource, settings(mode));
		this.dataSource = dataSource;
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
		try (Connection connection = this.dataSource.getConnection()) {
			String url = connection.getMetaData().getURL();
			return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
		}
		catch (SQLException ex) {
			throw new IllegalStateException("No connection to ask for the kind of database", ex);
		}
	}

}

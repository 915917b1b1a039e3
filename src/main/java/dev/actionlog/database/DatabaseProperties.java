package dev.actionlog.database;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.sql.init.DatabaseInitializationMode;

/**
 * Settings of the database.
 *
 * @param initialize When to create the tables that are missing: in an embedded H2, in
 * memory or in a file; always; or never.
 * @param validate Whether the start fails where the library does not work with the
 * database or its tables are missing. Otherwise that is a warning, and the first use
 * fails.
 */
@ConfigurationProperties("actionlog.database")
record DatabaseProperties(@DefaultValue("embedded") DatabaseInitializationMode initialize,
		@DefaultValue("false") boolean validate) {
}

package dev.actionlog.database;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.sql.init.DatabaseInitializationMode;

/**
 * Settings of the tables.
 *
 * @param initialize When to create the tables that are missing: in an embedded H2, in
 * memory or in a file; always; or never.
 */
@ConfigurationProperties("actionlog.database")
record DatabaseProperties(@DefaultValue("embedded") DatabaseInitializationMode initialize) {
}

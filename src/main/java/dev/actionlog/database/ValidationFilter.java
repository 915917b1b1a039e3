package dev.actionlog.database;

import java.util.Locale;
import java.util.Set;

import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.mapping.Table;
import org.hibernate.tool.schema.internal.DefaultSchemaFilterProvider;
import org.hibernate.tool.schema.spi.SchemaFilter;

/**
 * Keeps Hibernate from validating the tables of the library, whose absence would stop an
 * application that does not use the library. {@link DatabaseInspection} looks at them in
 * its place.
 */
class ValidationFilter extends DefaultSchemaFilterProvider {

	private static final Set<String> TABLES = Set.of("actionlog_profile", "actionlog_action", "actionlog_flash",
			"actionlog_shown", "actionlog_announcement", "actionlog_recipient");

	@Override
	public SchemaFilter getValidateFilter() {
		return new SchemaFilter() {

			@Override
			public boolean includeNamespace(Namespace namespace) {
				return true;
			}

			@Override
			public boolean includeTable(Table table) {
				return !TABLES.contains(table.getName().toLowerCase(Locale.ROOT));
			}

			@Override
			public boolean includeSequence(Sequence sequence) {
				return true;
			}

		};
	}

}

package dev.actionlog.database;

import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.mapping.Table;
import org.hibernate.tool.schema.internal.DefaultSchemaFilterProvider;
import org.hibernate.tool.schema.spi.SchemaFilter;
import org.hibernate.tool.schema.spi.SchemaFilterProvider;

/**
 * Keeps Hibernate from validating the tables of the library, whose absence would stop an
 * application that does not use the library. {@link DatabaseInspection} looks at them in
 * its place.
 */
class ValidationFilter extends DefaultSchemaFilterProvider {

	@Override
	public SchemaFilter getValidateFilter() {
		return new SchemaFilter() {

			@Override
			public boolean includeNamespace(Namespace namespace) {
				return true;
			}

			@Override
			public boolean includeTable(Table table) {
				return !table.getName().startsWith("actionlog_");
			}

			@Override
			public boolean includeSequence(Sequence sequence) {
				return true;
			}

		};
	}

}

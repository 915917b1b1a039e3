package dev.actionlog.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.sql.DataSource;

import dev.actionlog.action.ActionService;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import org.hibernate.tool.schema.internal.DefaultSchemaFilterProvider;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the tables, on all databases: those of the script are those of the mapping.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = "PARTITIONED_POSTGRESQL", mode = EnumSource.Mode.EXCLUDE)
@NullUnmarked
class TablesIT {

	private static final String NEVER = "actionlog.database.initialize=never";

	private static final String MISSING = "A table of actionlog is missing, or is not as its script makes it";

	/** What a failed start reports is asserted, not read. */
	private static final String QUIET = "logging.level.root=off";

	/** Has Hibernate validate the tables of the library, too. */
	private static final String WITH_LIBRARY = "spring.jpa.properties.hibernate.hbm2ddl.schema_filter_provider="
			+ DefaultSchemaFilterProvider.class.getName();

	@Parameter
	Database database;

	@Test
	void scriptCanRunAgain() {
		DataSource dataSource = dataSource(this.database.create());
		JdbcClient jdbc = JdbcClient.create(dataSource);
		runScript(dataSource);
		List<String> tables = describe(jdbc);
		jdbc.sql("insert into actionlog_profile (username) values ('ann')").update();
		runScript(dataSource);
		assertThat(describe(jdbc)).isEqualTo(tables);
		assertThat(jdbc.sql("select count(*) from actionlog_profile").query(Integer.class).single()).isOne();
	}

	@Test
	void mappingMakesTheTablesOfTheScript() {
		DataSource scripted = dataSource(this.database.create());
		runScript(scripted);
		Map<String, Object> settings = this.database.create();
		TestApplication.start(settings, NEVER, "spring.jpa.hibernate.ddl-auto=create").close();
		assertThat(describe(JdbcClient.create(dataSource(settings))))
			.containsExactlyElementsOf(describe(JdbcClient.create(scripted)));
	}

	@Test
	void scriptSatisfiesTheValidationOfTheMapping() {
		Map<String, Object> settings = this.database.create();
		runScript(dataSource(settings));
		TestApplication.start(settings, NEVER, "spring.jpa.hibernate.ddl-auto=validate", WITH_LIBRARY).close();
	}

	@Test
	void tablesRefuseWhatTheLibraryNeverWrites() {
		DataSource dataSource = dataSource(this.database.create());
		runScript(dataSource);
		JdbcClient jdbc = JdbcClient.create(dataSource);
		jdbc.sql("insert into actionlog_profile (username) values ('ann')").update();
		for (String sql : List.of("insert into actionlog_profile (username) values ('ann')",
				"insert into actionlog_profile (username) values (null)",
				"insert into actionlog_profile (username, keep) values ('bob', -1)", """
						insert into actionlog_action (username, slot, number, recorded_at, message, args)
						values ('nobody', 1, 1, current_timestamp, 'x', 'x')
						""")) {
			assertThatExceptionOfType(DataIntegrityViolationException.class).as(sql)
				.isThrownBy(() -> jdbc.sql(sql).update());
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void missingTableIsWarningAtStartAndFailsTheFirstUse(CapturedOutput output) {
		Map<String, Object> settings = this.database.create();
		try (TestApplication application = TestApplication.start(settings, NEVER,
				"spring.jpa.hibernate.ddl-auto=none")) {
			assertThat(output).containsOnlyOnce(MISSING);
			assertThatIllegalStateException().isThrownBy(() -> record(application)).withMessageStartingWith(MISSING);
			runScript(dataSource(settings));
			record(application);
		}
	}

	@Test
	void missingTableFailsTheStartWhereThatIsWanted() {
		Map<String, Object> settings = this.database.create();
		DataSource dataSource = dataSource(settings);
		runScript(dataSource);
		JdbcClient.create(dataSource).sql("drop table actionlog_action").update();
		assertThatExceptionOfType(UnusableDatabaseException.class)
			.isThrownBy(() -> TestApplication
				.start(settings, QUIET, NEVER, "spring.jpa.hibernate.ddl-auto=none", "actionlog.database.validate=true")
				.close())
			.withMessageContaining("R__actionlog.sql");
	}

	@Test
	void analyzerNamesTheScriptWhereValidationFindsNoTable() {
		Map<String, Object> settings = this.database.create();
		assertThatException()
			.isThrownBy(() -> TestApplication
				.start(settings, QUIET, NEVER, "spring.jpa.hibernate.ddl-auto=validate", WITH_LIBRARY)
				.close())
			.satisfies((failure) -> assertThat(new DatabaseFailureAnalyzer().analyze(failure)).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("actionlog_");
				assertThat(analysis.getAction()).contains("R__actionlog.sql", "actionlog.database.initialize=always");
			}));
	}

	@Test
	void onlyEmbeddedDatabaseGetsTablesByDefault() {
		Map<String, Object> settings = this.database.create();
		String[] embedded = { QUIET, "actionlog.database.initialize=embedded", "spring.jpa.hibernate.ddl-auto=none" };
		if (this.database == Database.H2) {
			TestApplication.start(settings, embedded).close();
			assertThat(describe(JdbcClient.create(dataSource(settings)))).isNotEmpty();
		}
		else {
			TestApplication.start(settings, embedded).close();
			assertThat(describe(JdbcClient.create(dataSource(settings)))).isEmpty();
		}
	}

	@Test
	void tablesAreThereBeforeTheMappingIsValidatedWhereTheApplicationInitializesNothing() {
		TestApplication
			.start(this.database.create(), "spring.sql.init.mode=never", "spring.jpa.hibernate.ddl-auto=validate",
					WITH_LIBRARY)
			.close();
	}

	@Test
	void tablesThatCompareNamesInexactlyAreRefused() {
		assumeThat(this.database).isEqualTo(Database.MARIADB);
		try (TestApplication application = TestApplication.start(this.database.create(), NEVER,
				"spring.jpa.hibernate.ddl-auto=create")) {
			assertThatIllegalStateException().isThrownBy(() -> record(application))
				.withMessageContaining("compare the names of users with [");
		}
	}

	private static void record(TestApplication application) {
		application.get(ActionService.class).recordFor("ann", "x");
	}

	private void runScript(DataSource dataSource) {
		new ResourceDatabasePopulator(this.database.script()).execute(dataSource);
	}

	private static DataSource dataSource(Map<String, Object> settings) {
		return new DriverManagerDataSource((String) settings.get("spring.datasource.url"),
				(String) settings.get("spring.datasource.username"),
				(String) settings.get("spring.datasource.password"));
	}

	/**
	 * Everything about the tables that the library relies on, a line each.
	 */
	private List<String> describe(JdbcClient jdbc) {
		return (this.database == Database.MARIADB) ? describeMariadb(jdbc) : describeStandard(jdbc);
	}

	private static List<String> describeMariadb(JdbcClient jdbc) {
		List<String> lines = new ArrayList<>();
		lines.addAll(lines(jdbc, """
				select table_name, column_name, column_type, is_nullable, column_default
				from information_schema.columns where table_schema = database() order by 1, 2
				"""));
		lines.addAll(lines(jdbc, """
				select table_name, index_name, seq_in_index, column_name, non_unique
				from information_schema.statistics where table_schema = database() order by 1, 2, 3
				"""));
		lines.addAll(lines(jdbc, """
				select constraint_name, table_name, referenced_table_name, update_rule, delete_rule
				from information_schema.referential_constraints where constraint_schema = database() order by 1
				"""));
		lines.addAll(lines(jdbc, """
				select constraint_name, table_name, check_clause
				from information_schema.check_constraints where constraint_schema = database() order by 1
				"""));
		return lines;
	}

	private List<String> describeStandard(JdbcClient jdbc) {
		List<String> lines = new ArrayList<>();
		lines.addAll(lines(jdbc, """
				select table_name, column_name, data_type, character_maximum_length, datetime_precision, is_nullable,
					is_identity, identity_generation, column_default
				from information_schema.columns
				where lower(table_name) like 'actionlog%' order by 1, 2
				"""));
		lines.addAll(lines(jdbc, """
				select constraint_name, constraint_type, table_name
				from information_schema.table_constraints
				where lower(table_name) like 'actionlog%' and constraint_name not like '%\\_not\\_null'
					and lower(constraint_name) like 'actionlog%' order by 1
				"""));
		lines.addAll(lines(jdbc, """
				select constraint_name, column_name, ordinal_position
				from information_schema.key_column_usage
				where lower(table_name) like 'actionlog%' and lower(constraint_name) like 'actionlog%'
				order by 1, 3
				"""));
		lines.addAll(lines(jdbc, """
				select constraint_name, check_clause
				from information_schema.check_constraints
				where lower(constraint_name) like 'actionlog%' and constraint_name not like '%\\_not\\_null' order by 1
				"""));
		lines.addAll(lines(jdbc, """
				select constraint_name, unique_constraint_name is not null, update_rule, delete_rule
				from information_schema.referential_constraints
				where lower(constraint_name) like 'actionlog%' order by 1
				"""));
		lines.addAll(lines(jdbc, (this.database == Database.POSTGRESQL) ? """
				select indexdef from pg_indexes where tablename like 'actionlog%' order by 1
				""" : """
				select i.table_name, i.index_type_name, c.column_name, c.ordinal_position, c.ordering_specification
				from information_schema.indexes i join information_schema.index_columns c
					on c.index_name = i.index_name
				where lower(i.table_name) like 'actionlog%' order by 1, 2, 4, 3
				"""));
		if (this.database == Database.POSTGRESQL) {
			lines.addAll(lines(jdbc, """
					select c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
					from pg_attribute a join pg_class c on c.oid = a.attrelid
					where c.relname like 'actionlog%' and c.relkind = 'r' and a.attnum > 0 order by 1, 2
					"""));
		}
		return lines;
	}

	private static List<String> lines(JdbcClient jdbc, String sql) {
		return jdbc.sql(sql)
			.query()
			.listOfRows()
			.stream()
			.map((row) -> String.valueOf(row.values()).toLowerCase(Locale.ROOT))
			.toList();
	}

}

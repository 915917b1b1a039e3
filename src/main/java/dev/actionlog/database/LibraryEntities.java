package dev.actionlog.database;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryBuilderCustomizer;
import org.springframework.orm.jpa.persistenceunit.MutablePersistenceUnitInfo;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.persistenceunit.PersistenceUnitPostProcessor;
import org.springframework.util.ClassUtils;

/**
 * Adds entities of the library to the persistence unit of an application, whatever the
 * application scans itself. Where there are several, it is the one on the primary data
 * source.
 * <p>
 * From Spring Boot 4.1 on, they are added to whatever is built with Spring Boot's
 * builder; before that, to the types that Spring Boot has found.
 */
public final class LibraryEntities implements BeanPostProcessor, EntityManagerFactoryBuilderCustomizer {

	/**
	 * Before 4.1 a builder takes a single set of post-processors: the application's own.
	 */
	private static final boolean BUILDER_TAKES_MORE = ClassUtils.hasMethod(EntityManagerFactoryBuilder.class,
			"addPersistenceUnitPostProcessors", PersistenceUnitPostProcessor[].class);

	private final List<String> classNames;

	private final ObjectProvider<DataSource> dataSources;

	/**
	 * Entities of the library.
	 * @param dataSources the application's
	 * @param types their classes
	 */
	public LibraryEntities(ObjectProvider<DataSource> dataSources, Class<?>... types) {
		this.dataSources = dataSources;
		this.classNames = Stream.of(types).map(Class::getName).toList();
	}

	/**
	 * Registers entities, and the keys and embedded types that they have, for the
	 * reflection of Hibernate. What Spring registers ahead of time are only the entities
	 * that the application scans.
	 * @param hints where to register them
	 * @param types their classes
	 */
	public static void registerHints(RuntimeHints hints, Class<?>... types) {
		for (Class<?> type : types) {
			hints.reflection()
				.registerType(type, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS,
						MemberCategory.ACCESS_DECLARED_FIELDS);
		}
	}

	@Override
	public @Nullable Object postProcessAfterInitialization(Object bean, String beanName) {
		if (BUILDER_TAKES_MORE || !(bean instanceof PersistenceManagedTypes types)
				|| types.getManagedClassNames().containsAll(this.classNames)) {
			return bean;
		}
		List<String> names = new ArrayList<>(types.getManagedClassNames());
		names.addAll(this.classNames);
		return PersistenceManagedTypes.of(names, types.getManagedPackages());
	}

	@Override
	public void customize(EntityManagerFactoryBuilder builder) {
		if (BUILDER_TAKES_MORE) {
			builder.addPersistenceUnitPostProcessors((unit) -> {
				if (isOnPrimaryDataSource(unit) && !unit.getManagedClassNames().containsAll(this.classNames)) {
					this.classNames.forEach(unit::addManagedClassName);
				}
			});
		}
	}

	private boolean isOnPrimaryDataSource(MutablePersistenceUnitInfo unit) {
		DataSource own = (unit.getNonJtaDataSource() != null) ? unit.getNonJtaDataSource() : unit.getJtaDataSource();
		DataSource primary = this.dataSources.getIfUnique();
		return own == null || primary == null || own.equals(primary);
	}

}

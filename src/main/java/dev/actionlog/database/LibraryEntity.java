package dev.actionlog.database;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryBuilderCustomizer;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.persistenceunit.PersistenceUnitPostProcessor;
import org.springframework.util.ClassUtils;

/**
 * Adds an entity of the library to the persistence unit of an application, whatever the
 * application scans itself: to the types that Spring Boot has found and, from Spring Boot
 * 4.1 on, also where the application builds its {@code EntityManagerFactory} with Spring
 * Boot's builder.
 */
public final class LibraryEntity implements BeanPostProcessor, EntityManagerFactoryBuilderCustomizer {

	/**
	 * Before 4.1 a builder takes a single set of post-processors: the application's own.
	 */
	private static final boolean BUILDER_TAKES_MORE = ClassUtils.hasMethod(EntityManagerFactoryBuilder.class,
			"addPersistenceUnitPostProcessors", PersistenceUnitPostProcessor[].class);

	private final String className;

	/**
	 * An entity of the library.
	 * @param type its class
	 */
	public LibraryEntity(Class<?> type) {
		this.className = type.getName();
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
		if (!(bean instanceof PersistenceManagedTypes types) || types.getManagedClassNames().contains(this.className)) {
			return bean;
		}
		List<String> names = new ArrayList<>(types.getManagedClassNames());
		names.add(this.className);
		return PersistenceManagedTypes.of(names, types.getManagedPackages());
	}

	@Override
	public void customize(EntityManagerFactoryBuilder builder) {
		if (BUILDER_TAKES_MORE) {
			builder.addPersistenceUnitPostProcessors((unit) -> {
				if (!unit.getManagedClassNames().contains(this.className)) {
					unit.addManagedClassName(this.className);
				}
			});
		}
	}

}

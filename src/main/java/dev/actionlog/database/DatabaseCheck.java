package dev.actionlog.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.metamodel.EntityType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Fails the start when a table is missing. It asks through the mapping, so that an
 * application whose naming strategy renames tables is checked for the names that are
 * used.
 */
class DatabaseCheck implements SmartInitializingSingleton {

	private final ObjectProvider<EntityManagerFactory> factories;

	DatabaseCheck(ObjectProvider<EntityManagerFactory> factories) {
		this.factories = factories;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.factories.stream().forEach((factory) -> {
			try (EntityManager entityManager = factory.createEntityManager()) {
				factory.getMetamodel()
					.getEntities()
					.stream()
					.map(EntityType::getName)
					.filter((name) -> name.startsWith("actionlog"))
					.forEach((name) -> check(name, entityManager));
			}
		});
	}

	private void check(String entity, EntityManager entityManager) {
		try {
			entityManager.createQuery("select 1 from " + entity + " e where 1 = 0", Integer.class).getResultList();
		}
		catch (PersistenceException ex) {
			throw new MissingTableException(ex);
		}
	}

}

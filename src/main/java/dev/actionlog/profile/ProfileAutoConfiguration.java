package dev.actionlog.profile;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import dev.actionlog.database.Database;
import dev.actionlog.database.DatabaseAutoConfiguration;
import dev.actionlog.database.LibraryEntities;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * {@link AutoConfiguration Auto-configuration} for profiles.
 */
@AutoConfiguration(after = DatabaseAutoConfiguration.class)
@ConditionalOnClass(EntityManagerFactory.class)
@ImportRuntimeHints(ProfileAutoConfiguration.Hints.class)
public final class ProfileAutoConfiguration {

	private static final String SECURITY = "org.springframework.security.core.context.SecurityContextHolder";

	private static final String SERVLET = "jakarta.servlet.http.HttpServletRequest";

	private static final String WEB = "org.springframework.web.context.request.RequestContextHolder";

	@Bean
	static LibraryEntities actionlogProfileEntity(ObjectProvider<DataSource> dataSources) {
		return new LibraryEntities(dataSources, UserProfile.class);
	}

	@Bean
	@ConditionalOnBean(Database.class)
	ProfileRows actionlogProfileRows(Database database) {
		return new ProfileRows(database);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(Database.class)
	ProfileService actionlogProfileService(Database database) {
		return new ProfileService(database);
	}

	@Bean
	@ConditionalOnMissingBean
	CurrentUser actionlogCurrentUser(ResourceLoader resources) {
		List<CurrentUser> sources = new ArrayList<>();
		if (ClassUtils.isPresent(SECURITY, resources.getClassLoader())) {
			sources.add(new SecurityCurrentUser());
		}
		if (ClassUtils.isPresent(SERVLET, resources.getClassLoader())
				&& ClassUtils.isPresent(WEB, resources.getClassLoader())) {
			sources.add(new ServletCurrentUser());
		}
		return () -> sources.stream().flatMap((source) -> source.username().stream()).findFirst();
	}

	static class Hints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			LibraryEntities.registerHints(hints, UserProfile.class);
			for (String name : List.of(SECURITY, SERVLET, WEB)) {
				hints.reflection().registerTypeIfPresent(classLoader, name);
			}
		}

	}

}

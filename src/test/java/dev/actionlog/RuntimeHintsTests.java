package dev.actionlog;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

import dev.actionlog.flash.FlashLevel;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the auto-configurations register for native images.
 */
@NullUnmarked
class RuntimeHintsTests {

	private static final ClassLoader classLoader = RuntimeHintsTests.class.getClassLoader();

	private static final RuntimeHints hints = new RuntimeHints();

	static {
		for (String configuration : ImportCandidates.load(AutoConfiguration.class, classLoader)) {
			if (configuration.startsWith("dev.actionlog.")) {
				register(ClassUtils.resolveClassName(configuration, classLoader));
			}
		}
	}

	private static void register(Class<?> configuration) {
		ImportRuntimeHints imported = configuration.getAnnotation(ImportRuntimeHints.class);
		if (imported != null) {
			BeanUtils.instantiateClass(imported.value()[0]).registerHints(hints, classLoader);
		}
		List.of(configuration.getDeclaredClasses()).forEach(RuntimeHintsTests::register);
	}

	@ParameterizedTest
	@ValueSource(strings = { "templates/actionlog/", "dev/actionlog/text/", "dev/actionlog/database/h2/",
			"dev/actionlog/database/postgresql/", "dev/actionlog/database/mariadb/", "dev/actionlog/database/mysql/" })
	void everyFileOfTheLibraryIsInTheImage(String folder) throws IOException {
		Resource[] files = new PathMatchingResourcePatternResolver(classLoader)
			.getResources("classpath*:" + folder + "*.*");
		assertThat(files).isNotEmpty().allSatisfy((file) -> {
			if (!file.getFilename().endsWith(".class")) {
				assertResource(folder + file.getFilename());
			}
		});
	}

	@Test
	void wordsAreBundle() {
		assertThat(RuntimeHintsPredicates.resource().forBundle("dev.actionlog.text.library")).accepts(hints);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flash.FlashView", "flash.FlashView$Confirmation", "flash.ShownMessage",
			"flash.ShownMessage$Action", "action.HistoryView", "action.ActionHistory", "action.ActionHistory$Day",
			"action.ActionHistory$Entry" })
	void templatesCanCallWhatTheyAreGiven(String type) throws ClassNotFoundException {
		for (Method method : Class.forName("dev.actionlog." + type).getDeclaredMethods()) {
			if (Modifier.isPublic(method.getModifiers())) {
				assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).as("%s", method)
					.accepts(hints);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "profile.UserProfile", "action.Action", "action.Action$Key", "flash.FlashRow",
			"flash.FlashRow$Key", "text.Text" })
	void entitiesCanBeReadAndMade(String type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of("dev.actionlog." + type))
			.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.ACCESS_DECLARED_FIELDS))
			.accepts(hints);
	}

	@Test
	void levelsInSettingsCanBeConverted() throws NoSuchMethodException {
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(FlashLevel.class.getMethod("valueOf", String.class))).accepts(hints);
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.security.core.context.SecurityContextHolder",
			"jakarta.servlet.http.HttpServletRequest", "org.springframework.web.context.request.RequestContextHolder" })
	void classesAreFoundByName(String type) {
		assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(type))).accepts(hints);
	}

	@Test
	void methodIsFoundThatOlderSpringBootDoesNotHave() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(EntityManagerFactoryBuilder.class, "addPersistenceUnitPostProcessors")).accepts(hints);
	}

	private static void assertResource(String path) {
		assertThat(RuntimeHintsPredicates.resource().forResource(path)).as(path).accepts(hints);
	}

}

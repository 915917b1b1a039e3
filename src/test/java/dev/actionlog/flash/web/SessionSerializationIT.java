package dev.actionlog.flash.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.ServerLog;
import dev.actionlog.testing.TestApplication;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.security.jackson.SecurityJacksonModules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for sessions in a database, by what writes their attributes: the JDK, or Jackson
 * with and without the names of types.
 */
@ParameterizedClass
@ValueSource(classes = { SessionSerializationIT.Jdk.class, SessionSerializationIT.Json.class,
		SessionSerializationIT.JsonOfAllowedTypes.class })
@NullUnmarked
class SessionSerializationIT {

	private static TestApplication application;

	@Parameter
	Class<?> serialization;

	private final Browser visitor = Site.browser(application, "");

	@BeforeParameterizedClassInvocation
	static void start(Class<?> serialization) {
		List<String> settings = new ArrayList<>(TestApplication.SESSIONS_IN_DATABASE);
		settings.add("spring.main.sources=" + serialization.getName());
		application = Site.start(Database.H2.create(), settings.toArray(String[]::new));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@Test
	void visitorIsShownMessageOnce() {
		add("one");
		add("two");
		assertThat(this.visitor.get("/page").messages()).containsExactly("one", "two");
		assertThat(this.visitor.get("/page").messages()).isEmpty();
	}

	@Test
	void messageWaitsForPageAfterSignIn() {
		add("before");
		this.visitor.with("X-User", "ann");
		add("after");
		assertThat(this.visitor.get("/page").messages()).containsExactly("before", "after");
		assertThat(this.visitor.get("/page").messages()).isEmpty();
	}

	@Test
	void unreadableMessageIsDroppedWithOneWarningAtMost() {
		try (ServerLog log = new ServerLog()) {
			for (String tampered : List.of("", "{", "7", "null", "[\"1\",2,3]", "[\"java.util.ArrayList\",[\"1\"]]",
					"{\"@class\":\"com.evil.Gadget\"}")) {
				add("gone");
				assertThat(application.jdbc()
					.sql("update spring_session_attributes set attribute_bytes = ? where attribute_name like '%flash%'")
					.param(tampered.getBytes(StandardCharsets.UTF_8))
					.update()).isPositive();
				assertThat(this.visitor.get("/page").status()).isEqualTo(200);
				assertThat(this.visitor.get("/page").messages()).isEmpty();
				add("next");
				this.visitor.with("X-User", "ann");
				add("after");
				assertThat(this.visitor.get("/page").messages()).containsExactly("next", "after");
				this.visitor.with("X-User", "");
			}
			// other tests of this process may have had it
			assertThat(log.entries()).hasSizeLessThanOrEqualTo(1)
				.allMatch((entry) -> entry.startsWith("A flash message in an HTTP session could not be read"));
		}
	}

	private void add(String text) {
		assertThat(this.visitor.postWithoutToken("/add", "text", text).status()).isEqualTo(303);
	}

	@Configuration(proxyBeanMethods = false)
	static class Jdk {

	}

	@Configuration(proxyBeanMethods = false)
	static class Json {

		@Bean
		ConversionService springSessionConversionService() {
			return conversion(new JsonMapper());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JsonOfAllowedTypes {

		@Bean
		ConversionService springSessionConversionService() {
			return conversion(JsonMapper.builder()
				.addModules(SecurityJacksonModules.getModules(getClass().getClassLoader()))
				.build());
		}

	}

	private static ConversionService conversion(JsonMapper json) {
		GenericConversionService conversion = new GenericConversionService();
		conversion.addConverter(Object.class, byte[].class, json::writeValueAsBytes);
		conversion.addConverter(byte[].class, Object.class, (bytes) -> json.readValue(bytes, Object.class));
		return conversion;
	}

}

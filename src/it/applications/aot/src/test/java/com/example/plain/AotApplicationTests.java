package com.example.plain;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole application, made of what was generated ahead of time, on a port of its own.
 */
class AotApplicationTests {

	private static ConfigurableApplicationContext application;

	private final HttpClient client = HttpClient.newBuilder()
		.cookieHandler(new CookieManager())
		.followRedirects(HttpClient.Redirect.NORMAL)
		.build();

	@BeforeAll
	static void start() {
		SpringApplication plain = new SpringApplication(PlainApplication.class);
		// else it is the program that runs the tests
		plain.setMainApplicationClass(PlainApplication.class);
		application = plain.run("--server.port=0", "--server.address=127.0.0.1", "--spring.security.user.name=ann",
				"--spring.security.user.password=secret");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void isMadeOfWhatWasGenerated() {
		// what reads the annotations of configurations otherwise
		assertThat(application
			.containsBean("org.springframework.context.annotation.internalConfigurationAnnotationProcessor")).isFalse();
	}

	@Test
	void pageShowsTheActionAndOnceTheMessage() throws Exception {
		Matcher token = Pattern.compile("name=\"_csrf\".*?value=\"([^\"]+)\"").matcher(send(request("/login").GET()));
		assertThat(token.find()).isTrue();
		String page = send(request("/photos").header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("title=Cat&_csrf=" + token.group(1))));
		assertThat(page).contains("<div class=\"success\" data-level=\"success\">", "<strong>Done:</strong>",
				"<li data-code=\"photo.added\">", "<a dir=\"auto\" href=\"/photos\">Photo Cat added</a>");
		assertThat(send(request("/photos").GET())).contains("<li data-code=\"photo.added\">")
			.doesNotContain("data-level");
	}

	@Test
	void entitiesOfTheLibraryAreMapped() {
		EntityManagerFactory factory = application.getBean(EntityManagerFactory.class);
		assertThat(factory.getMetamodel().getEntities().stream().map(EntityType::getName)).containsExactlyInAnyOrder(
				"Photo", "actionlogProfile", "actionlogAction", "actionlogFlash", "actionlogShown",
				"actionlogAnnouncement", "actionlogRecipient");
		factory.runInTransaction((entities) -> assertThat(entities
			.createQuery("select count(a) from actionlogAction a where a.profile.username = 'bob'", Long.class)
			.getSingleResult()).isZero());
	}

	@Test
	void metadataForNativeImageNamesTheLibrary() throws Exception {
		assertThat(new ClassPathResource("META-INF/native-image/com.example/aot/reachability-metadata.json")
			.getContentAsString(StandardCharsets.UTF_8)
			.replace("\\/", "/")).contains("templates/actionlog/flash.html", "templates/actionlog/history.html",
					"dev/actionlog/database/*/*.sql", "dev.actionlog.text.library", "dev.actionlog.flash.ShownMessage",
					"dev.actionlog.action.ActionHistory$Day", "dev.actionlog.flash.FlashRow",
					"dev.actionlog.profile.UserProfile");
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest
			.newBuilder(URI
				.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path))
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8)));
	}

	private String send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString()).body();
	}

}

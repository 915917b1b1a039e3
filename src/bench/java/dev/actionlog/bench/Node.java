package dev.actionlog.bench;

import java.util.concurrent.ThreadLocalRandom;

import javax.sql.DataSource;

import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * An application of the library in the JVM that measures, without a web server, with
 * 1,000 users of 10 actions each.
 */
@State(Scope.Benchmark)
@NullUnmarked
public class Node {

	static final int USERS = 1_000;

	private ConfigurableApplicationContext context;

	/**
	 * Starts the application, and makes the data anew: what one benchmark writes is not
	 * the next one's burden.
	 */
	@Setup(Level.Trial)
	public void start() {
		this.context = new SpringApplicationBuilder(Configuration.class)
			.contextFactory(
					ApplicationContextFactory.of(() -> new GenericWebApplicationContext(new MockServletContext())))
			.properties("spring.config.location=optional:classpath:/none/", "spring.main.banner-mode=off",
					"logging.level.root=warn", "spring.flyway.enabled=false", "spring.jpa.open-in-view=false",
					"spring.datasource.hikari.maximum-pool-size=20", "spring.security.user.password=unused",
					"actionlog.database.initialize=always",
					"spring.datasource.url=" + System.getProperty(Benchmarks.URL))
			.run();
		JdbcClient jdbc = JdbcClient.create(get(DataSource.class));
		jdbc.sql("truncate actionlog_profile, actionlog_action, actionlog_flash").update();
		jdbc.sql("insert into actionlog_profile (username) select 'user' || u from generate_series(1, ?) u")
			.param(USERS)
			.update();
		// written in turn, so that the rows of one user lie on ten pages
		jdbc.sql("""
				insert into actionlog_action (profile_id, recorded_at, message, args)
				select p.id, now(), 'photo.changed', array['Holiday ' || n]
				from generate_series(1, 10) n cross join actionlog_profile p order by n, p.id
				""").update();
		jdbc.sql("vacuum analyze").update();
		jdbc.sql("checkpoint").update();
	}

	/**
	 * Stops the application.
	 */
	@TearDown(Level.Trial)
	public void stop() {
		this.context.close();
	}

	/**
	 * The application's pages, through the filter of the flash messages.
	 */
	MockMvc pages() {
		return MockMvcBuilders.webAppContextSetup((WebApplicationContext) this.context)
			.addFilter(this.context.getBean("actionlogFlashFilter", FilterRegistrationBean.class).getFilter(), "/*")
			.build();
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	String anyUser() {
		return "user" + ThreadLocalRandom.current().nextInt(1, USERS + 1);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Configuration implements WebMvcConfigurer {

		@Override
		public void addViewControllers(ViewControllerRegistry registry) {
			registry.addViewController("/messages").setViewName("stranger/messages");
			registry.addViewController("/silent").setViewName("stranger/silent");
		}

	}

}

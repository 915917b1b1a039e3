package dev.actionlog.app;

import java.util.Map;

import dev.actionlog.app.request.QueueLimitValve;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Pipeline;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Configuration of Spring MVC beyond Spring Boot's defaults.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new FormErrorsInterceptor());
		registry.addInterceptor(new ErrorPathInterceptor()).addPathPatterns("/error");
	}

	/**
	 * Comes after Spring Boot's customizer, whose valve is then the outer one and finds
	 * the page written.
	 */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> serverErrorPage(MessageSource messages,
			LocaleResolver locales, QueueLimitValve queueLimit) {
		return (tomcat) -> tomcat.addContextCustomizers((context) -> {
			Pipeline server = context.getParent().getPipeline();
			server.addValve(new TomcatErrorPage(messages, locales));
			server.addValve(queueLimit);
		});
	}

	/**
	 * Reads all languages of a browser: Tomcat would fail at the eleventh. The header has
	 * at most 8 KB.
	 */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> languages() {
		return (tomcat) -> tomcat.addConnectorCustomizers((connector) -> connector.setMaxLocaleCount(-1));
	}

	/**
	 * Handles what nothing else does. Without a handler Spring MVC would log a warning
	 * for each such request, and fail at one whose content type has a wildcard.
	 */
	@Bean
	SimpleUrlHandlerMapping notFound() {
		HttpRequestHandler notFound = (request, response) -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
		return new SimpleUrlHandlerMapping(Map.of("/**", notFound), Ordered.LOWEST_PRECEDENCE);
	}

	/**
	 * Makes a redirect after a form a 303, which the browser follows with a GET whatever
	 * the form's method was.
	 */
	@Autowired
	void redirects(ThymeleafViewResolver views) {
		views.setRedirectHttp10Compatible(false);
	}

}

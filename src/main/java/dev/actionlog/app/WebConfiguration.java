package dev.actionlog.app;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * Configuration of Spring MVC beyond Spring Boot's defaults.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new FormErrorsInterceptor());
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

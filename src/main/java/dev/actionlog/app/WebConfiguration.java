package dev.actionlog.app;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * What Spring Boot's defaults leave open.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

	/**
	 * A redirect after a form is a 303: a GET, whatever the form's method was.
	 */
	@Autowired
	void redirects(ThymeleafViewResolver views) {
		views.setRedirectHttp10Compatible(false);
	}

}

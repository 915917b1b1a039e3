package dev.actionlog.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.validation.Errors;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Interceptor that gives the status 400 to every page that shows a form with errors.
 */
class FormErrorsInterceptor implements HandlerInterceptor {

	@Override
	public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView page) {
		// null for JSON and files; the model of a redirect does not have the form
		if (page != null && page.getModel().values().stream().anyMatch(FormErrorsInterceptor::hasErrors)) {
			page.setStatus(HttpStatus.BAD_REQUEST);
			// the title of the page begins with that
			page.addObject("refused", true);
		}
	}

	private static boolean hasErrors(Object attribute) {
		return attribute instanceof Errors errors && errors.hasErrors();
	}

}

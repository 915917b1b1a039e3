package dev.actionlog.app;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.InvalidPropertyException;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Exception handler that answers a form field which no form can have, such as
 * {@code name[0]}, with the status 400. The exception is not logged: its message has the
 * values of other fields.
 */
@ControllerAdvice
class UnboundFieldAdvice {

	/**
	 * Makes no objects for such fields, which fails in other ways.
	 */
	@InitBinder
	void bindOnlyWhatIsThere(WebDataBinder binder) {
		binder.setAutoGrowNestedPaths(false);
	}

	@ExceptionHandler(InvalidPropertyException.class)
	void badRequest(HttpServletResponse response) throws IOException {
		response.sendError(HttpServletResponse.SC_BAD_REQUEST);
	}

}

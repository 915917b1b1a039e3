package dev.actionlog.app;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.InvalidPropertyException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Exception handler that answers a form field which no form can have, such as
 * {@code name[0]}, with the status 400. The exception is not logged: its message has the
 * values of other fields.
 */
@ControllerAdvice
class UnboundFieldAdvice {

	@ExceptionHandler(InvalidPropertyException.class)
	void badRequest(HttpServletResponse response) throws IOException {
		response.sendError(HttpServletResponse.SC_BAD_REQUEST);
	}

}

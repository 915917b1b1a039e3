package dev.actionlog.app;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * A lock that could not be had in time, or a deadlock, is no error of the application:
 * trying again helps.
 */
@ControllerAdvice
class ConcurrencyFailureAdvice {

	@ExceptionHandler
	void conflict(ConcurrencyFailureException ex, HttpServletResponse response) throws IOException {
		response.sendError(HttpServletResponse.SC_CONFLICT);
	}

}

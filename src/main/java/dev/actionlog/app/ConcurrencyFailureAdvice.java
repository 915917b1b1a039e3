package dev.actionlog.app;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Exception handler that answers a lock timeout or a deadlock with the status 409,
 * because trying again helps.
 */
@ControllerAdvice
class ConcurrencyFailureAdvice {

	@ExceptionHandler
	void conflict(ConcurrencyFailureException ex, HttpServletResponse response) throws IOException {
		response.sendError(HttpServletResponse.SC_CONFLICT);
	}

}

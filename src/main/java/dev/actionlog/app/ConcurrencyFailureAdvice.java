package dev.actionlog.app;

import java.io.IOException;

import dev.actionlog.app.request.ExpiredForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Exception handler that answers a lock timeout or a deadlock with the status 409,
 * because trying again helps. A statement that waits for several locks in turn runs into
 * its own timeout.
 */
@ControllerAdvice
class ConcurrencyFailureAdvice {

	@ExceptionHandler({ ConcurrencyFailureException.class, QueryTimeoutException.class })
	void conflict(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ExpiredForm.showAgain(request);
		response.sendError(HttpServletResponse.SC_CONFLICT);
	}

}

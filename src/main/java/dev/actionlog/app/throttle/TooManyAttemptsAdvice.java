package dev.actionlog.app.throttle;

import java.io.IOException;

import dev.actionlog.app.request.ExpiredForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Exception handler that answers an attempt that comes too early with the status 429 and
 * the time to wait, which the error page says too.
 */
@ControllerAdvice
class TooManyAttemptsAdvice {

	@ExceptionHandler
	void refuse(TooManyAttemptsException ex, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		ExpiredForm.showAgain(request);
		request.setAttribute("secondsToWait", ex.getSeconds());
		response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(ex.getSeconds()));
		response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
	}

}

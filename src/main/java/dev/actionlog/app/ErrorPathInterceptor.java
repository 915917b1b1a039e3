package dev.actionlog.app;

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Interceptor that makes the path of the error pages a 404 for who asks for it, because
 * there is no error to show.
 */
class ErrorPathInterceptor implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (request.getDispatcherType() == DispatcherType.ERROR) {
			return true;
		}
		response.sendError(HttpServletResponse.SC_NOT_FOUND);
		return false;
	}

}

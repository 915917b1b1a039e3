package dev.actionlog.action;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Links in the servlet request that this thread serves.
 */
final class RequestLinks {

	private RequestLinks() {
	}

	/**
	 * The address of a path below the context path.
	 * @return the path as it is where there is no request
	 */
	static String href(String path) {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? attributes.getRequest().getContextPath() + path : path;
	}

}

package dev.actionlog.app.request;

import java.io.IOException;
import java.io.UncheckedIOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that refuses a body that no form of the application has, before anything reads
 * it: one of more than 64 KB, or in several parts, unless it is a photo. What nobody has
 * read of a body is read before the answer is written, so that a browser sees it.
 */
public class FormSizeFilter extends OncePerRequestFilter {

	private static final int MAX_BYTES = 64 * 1024;

	/** The connection is closed where there is more. */
	private static final long MAX_UNREAD_BYTES = 100 * 1024 * 1024;

	private static final RequestMatcher PHOTO = PathPatternRequestMatcher.pathPattern(HttpMethod.POST,
			"/profile/photo");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			if (PHOTO.matches(request)) {
				chain.doFilter(request, response);
			}
			else if (request.getContentLengthLong() > MAX_BYTES) {
				response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
			}
			else if (StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/")) {
				response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
			}
			else {
				chain.doFilter(request, response);
			}
		}
		finally {
			readRest(request);
		}
	}

	private static void readRest(HttpServletRequest request) {
		try {
			request.getInputStream().skip(MAX_UNREAD_BYTES);
		}
		catch (IOException | UncheckedIOException ex) {
			// the answer is the same, whatever has become of the rest
		}
	}

}

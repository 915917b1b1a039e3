package dev.actionlog.flash;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * A visitor's browser, which keeps its session. Its requests pass the filter, and a
 * handler does what a controller and its view would.
 */
final class Visitor {

	static final String HTML = "text/html;charset=UTF-8";

	private final FlashFilter filter = new FlashFilter();

	private @Nullable String username;

	private @Nullable HttpSession session;

	Visitor() {
	}

	Visitor(@Nullable String username) {
		this.username = username;
	}

	/**
	 * Signs in, which gives a session another id.
	 */
	void signIn(String username) {
		if (this.session != null) {
			MockHttpServletRequest request = new MockHttpServletRequest();
			request.setSession(this.session);
			request.changeSessionId();
		}
		this.username = username;
	}

	/**
	 * Signs out, which ends the session.
	 */
	void signOut() {
		if (this.session != null) {
			this.session.invalidate();
		}
		this.session = null;
		this.username = null;
	}

	/**
	 * The session, if one was made.
	 */
	@Nullable HttpSession session() {
		return this.session;
	}

	/**
	 * A request that is answered with a redirect.
	 */
	void post(Runnable handler) {
		request(new MockHttpServletRequest("POST", "/"), 303, null, handler);
	}

	/**
	 * A request that is answered with an HTML page.
	 */
	void page(Runnable handler) {
		request(new MockHttpServletRequest("GET", "/"), 200, HTML, handler);
	}

	MockHttpServletResponse request(MockHttpServletRequest request, int status, @Nullable String type,
			Runnable handler) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		if (this.session != null) {
			request.setSession(this.session);
		}
		if (this.username != null) {
			String name = this.username;
			request.setUserPrincipal(() -> name);
		}
		FilterChain chain = (filtered, unused) -> {
			response.setStatus(status);
			response.setContentType(type);
			handler.run();
		};
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
		try {
			this.filter.doFilter(request, response, chain);
		}
		catch (IOException | ServletException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
			this.session = request.getSession(false);
		}
		return response;
	}

}

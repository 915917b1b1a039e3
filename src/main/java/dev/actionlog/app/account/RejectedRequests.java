package dev.actionlog.app.account;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.stereotype.Component;

/**
 * Handler of the requests that Spring Security refuses before any of its filters sees
 * them, because of their paths. The answer has the security headers of the pages.
 */
@Component
class RejectedRequests implements RequestRejectedHandler {

	private final ObjectProvider<SecurityFilterChain> pages;

	RejectedRequests(@Qualifier("pages") ObjectProvider<SecurityFilterChain> pages) {
		this.pages = pages;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException reason)
			throws IOException, ServletException {
		for (Filter filter : this.pages.getObject().getFilters()) {
			if (filter instanceof HeaderWriterFilter headers) {
				headers.doFilter(request, response, (refused, answer) -> ((HttpServletResponse) answer)
					.sendError(HttpServletResponse.SC_BAD_REQUEST));
			}
		}
	}

}

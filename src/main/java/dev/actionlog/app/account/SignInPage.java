package dev.actionlog.app.account;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.UriUtils;

/**
 * The addresses of the sign-in page. They have what the page is to remember, so that
 * nobody who is not signed in has a session: the page that was asked for, and whether the
 * session has ended.
 */
final class SignInPage {

	/** The parameter with the page that was asked for, in the address and in the form. */
	static final String CONTINUE = "continue";

	private static final int MAX_LENGTH = 500;

	/** A path on this site with its query, in the characters that these can have. */
	private static final Pattern PATH = Pattern.compile("/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*");

	private static final RequestMatcher HTML = accepts(MediaType.TEXT_HTML);

	/**
	 * After signing in a user returns to the requested page, but not to a photo on it,
	 * nor to a download, which would leave the form on the screen.
	 */
	private static final RequestMatcher PAGES = new AndRequestMatcher(
			PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/**"), HTML,
			new NegatedRequestMatcher(
					new OrRequestMatcher(PathPatternRequestMatcher.pathPattern("/profile/actions/download"),
							PathPatternRequestMatcher.pathPattern("/settings/export/file"))));

	private SignInPage() {
	}

	/**
	 * The address for a visitor whose request is for signed-in users only. That the
	 * session has ended is told with a page, but not with each picture of it.
	 * @param sentForm whether a form was kept, to be shown after signing in
	 */
	static String before(HttpServletRequest request, boolean sentForm) {
		List<String> query = new ArrayList<>();
		if (HTML.matches(request) && request.getSession(false) == null && request.getRequestedSessionId() != null) {
			query.add("expired");
		}
		if (sentForm) {
			query.add(parameter(SentForm.PAGE));
		}
		else if (PAGES.matches(request)) {
			page(request).ifPresent((page) -> query.add(parameter(page)));
		}
		return query.isEmpty() ? "/login" : "/login?" + String.join("&", query);
	}

	/**
	 * The address for a visitor whose attempt to sign in has failed.
	 * @param error the parameter that says so
	 */
	static String afterFailure(String error, HttpServletRequest request) {
		return "/login?" + error + wanted(request).map((page) -> "&" + parameter(page)).orElse("");
	}

	/**
	 * The page to go to after signing in, as the address or the form of the sign-in page
	 * says it. Anybody can write it, so it is a path on this site or it is ignored.
	 */
	static Optional<String> wanted(HttpServletRequest request) {
		return Optional.ofNullable(request.getParameter(CONTINUE)).filter(SignInPage::isPath);
	}

	private static Optional<String> page(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		String query = request.getQueryString();
		return Optional.of((query != null) ? path + "?" + query : path)
			.filter(SignInPage::isPath)
			// without a query that is too long
			.or(() -> Optional.of(path).filter(SignInPage::isPath));
	}

	private static boolean isPath(String text) {
		return text.length() <= MAX_LENGTH && PATH.matcher(text).matches();
	}

	private static String parameter(String page) {
		return CONTINUE + "=" + UriUtils.encode(page, StandardCharsets.UTF_8);
	}

	static RequestMatcher accepts(MediaType type) {
		MediaTypeRequestMatcher matcher = new MediaTypeRequestMatcher(type);
		matcher.setIgnoredMediaTypes(Set.of(MediaType.ALL));
		return matcher;
	}

}

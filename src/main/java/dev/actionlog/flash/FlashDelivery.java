package dev.actionlog.flash;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Tells whether anybody sees what a response shows.
 */
final class FlashDelivery {

	/** What a page or a part of one is fetched for; "empty" is a script's request. */
	private static final Set<String> SEEN_DESTINATIONS = Set.of("document", "iframe", "frame", "embed", "object",
			"empty");

	private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml", "text/vnd.turbo-stream.html");

	/** With these htmx leaves the page, and shows nothing of the response. */
	private static final Set<String> LEAVING = Set.of("HX-Redirect", "HX-Location", "HX-Refresh");

	private FlashDelivery() {
	}

	/**
	 * Whether the response to a request can be seen. A {@code HEAD} request has no body;
	 * a prefetched page may be shown later or never; and a browser that wants a picture,
	 * a script or the like shows nobody the error page in its place.
	 */
	static boolean canBeSeen(HttpServletRequest request) {
		String destination = request.getHeader("Sec-Fetch-Dest");
		return !HttpMethod.HEAD.matches(request.getMethod()) && !isPrefetch(request)
				&& (destination == null || SEEN_DESTINATIONS.contains(destination));
	}

	private static boolean isPrefetch(HttpServletRequest request) {
		return Stream.of("Sec-Purpose", "Purpose", "X-Moz")
			.map(request::getHeader)
			.anyMatch((purpose) -> purpose != null && purpose.toLowerCase(Locale.ROOT).startsWith("prefetch"));
	}

	/**
	 * Whether a response delivers what it showed: it has a body that the browser keeps on
	 * the screen, and it is a page, or its handler has taken the messages.
	 * @param taken whether its handler has taken the messages, for a response of any type
	 */
	static boolean isDelivered(HttpServletResponse response, boolean taken) {
		int status = response.getStatus();
		boolean withBody = status != HttpStatus.NO_CONTENT.value() && status != HttpStatus.RESET_CONTENT.value()
				&& (status < 300 || (status >= 400 && !taken));
		return withBody && (taken || isPage(response.getContentType()))
				&& LEAVING.stream().allMatch((header) -> response.getHeader(header) == null);
	}

	private static boolean isPage(@Nullable String type) {
		String lower = (type != null) ? type.toLowerCase(Locale.ROOT) : "";
		return PAGES.stream().anyMatch(lower::startsWith);
	}

}

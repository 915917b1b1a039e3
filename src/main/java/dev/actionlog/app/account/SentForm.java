package dev.actionlog.app.account;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.actionlog.app.HostCookie;
import dev.actionlog.app.request.ExpiredForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Cookie with a form that was sent when its session had gone, so that it can be sent
 * again after signing in. It is no session attribute, because otherwise each request
 * without a session could fill one.
 */
final class SentForm {

	/** The page that shows the form. */
	static final String PAGE = "/sent-form";

	private static final HostCookie COOKIE = new HostCookie("sent-form");

	/** Browsers keep no longer cookie. */
	private static final int MAX_LENGTH = 3800;

	private SentForm() {
	}

	/**
	 * Keeps the form of a request for who signs in next.
	 * @return {@code false} if it is none that can be kept, or is too long
	 */
	static boolean keep(HttpServletRequest request, HttpServletResponse response) {
		Optional<String> value = ExpiredForm.of(request)
			.filter(SentForm::isKept)
			.map(SentForm::write)
			.filter((it) -> it.length() <= MAX_LENGTH);
		value.ifPresent((it) -> COOKIE.set(it, Duration.ofMinutes(10), request, response));
		return value.isPresent();
	}

	/**
	 * The form that was kept. It stays for a while, because a page can be loaded again.
	 */
	static Optional<ExpiredForm> find(HttpServletRequest request) {
		return COOKIE.find(request)
			.filter((value) -> value.length() <= MAX_LENGTH)
			.flatMap(SentForm::read)
			.filter(SentForm::isKept)
			.filter((form) -> AdminFilter.mayKnow(request, form.action()));
	}

	/**
	 * Forgets it, for the next user of the browser.
	 */
	static void forget(HttpServletRequest request, HttpServletResponse response) {
		if (COOKIE.find(request).isPresent()) {
			COOKIE.set("", Duration.ZERO, request, response);
		}
	}

	/**
	 * Who is not signed in can send a public form again at once.
	 */
	private static boolean isKept(ExpiredForm form) {
		return !form.isPublic();
	}

	/**
	 * The form as a path with a query, whose characters a cookie can have.
	 */
	private static String write(ExpiredForm form) {
		return form.action() + form.fields()
			.stream()
			.map((field) -> field.name() + "=" + UriUtils.encode(field.value(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&", "?", ""));
	}

	private static Optional<ExpiredForm> read(String value) {
		try {
			UriComponents form = UriComponentsBuilder.fromUriString(value).build();
			Map<String, String[]> parameters = form.getQueryParams()
				.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (parameter) -> decode(parameter.getValue()),
						(first, second) -> first, LinkedHashMap::new));
			return Optional.ofNullable(form.getPath()).flatMap((path) -> ExpiredForm.of(path, parameters));
		}
		// not a cookie of this application
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static String[] decode(List<String> values) {
		return values.stream()
			.map((value) -> (value != null) ? UriUtils.decode(value, StandardCharsets.UTF_8) : "")
			.toArray(String[]::new);
	}

}

package dev.actionlog.app.request;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;

/**
 * A form that was sent with an old token, without a session, or when it could not be
 * taken, with what was typed in it, so that it can be sent again.
 *
 * @param action the path that the form goes to, below the context path
 * @param fields its fields
 */
public record ExpiredForm(String action, List<Field> fields) {

	/** The name of the request attribute for the error page. */
	public static final String ATTRIBUTE = ExpiredForm.class.getName();

	/**
	 * The forms in which something is typed, with the fields that a reader recognises.
	 */
	private static final Map<String, Set<String>> FORMS = Map.of("/login", Set.of("username", "password"), "/sign-up",
			Set.of("username", "password"), "/recover", Set.of("username", "code", "newPassword"), "/profile/name",
			Set.of("name"), "/profile/actions/keep", Set.of("keep"), "/settings", Set.of("timeZone"),
			"/admin/messages/preview", Set.of("words", "portuguese", "link", "from", "until", "recipients"));

	private static final Set<String> PUBLIC = Set.of("/login", "/sign-up", "/recover");

	/** What is written to no page. */
	private static final Set<String> SECRET = Set.of("password", "newPassword", "code");

	/**
	 * What goes along unseen. Not the token of the old page, nor that its question was
	 * answered, nor what no form has.
	 */
	private static final Set<String> HIDDEN = Set.of("continue", "timeZone", "language", "id", "token", "level",
			"audience");

	/**
	 * The form of a request, if a page of this site has sent it. What another site has
	 * sent is not shown, because who presses the button would do what that site wants.
	 * @param request a request whose parameters are bounded by {@link FormSizeFilter}
	 * @return the form, or empty where there is nothing to be sent again
	 */
	public static Optional<ExpiredForm> of(HttpServletRequest request) {
		String type = request.getContentType();
		if (!"same-origin".equals(request.getHeader("Sec-Fetch-Site")) || type == null
				|| !type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
			return Optional.empty();
		}
		return of(request.getServletPath(), request.getParameterMap());
	}

	/**
	 * Lets the error page that answers a request show its form again.
	 * @param request as for {@link #of(HttpServletRequest)}
	 */
	public static void showAgain(HttpServletRequest request) {
		of(request).ifPresent((form) -> request.setAttribute(ATTRIBUTE, form));
	}

	/**
	 * The form that goes to a path.
	 * @param path the path, below the context path
	 * @param parameters what was sent; what no form has is left out
	 * @return the form, or empty if nothing is typed in it
	 */
	public static Optional<ExpiredForm> of(String path, Map<String, String[]> parameters) {
		// what was to be published is previewed first
		String action = path.replaceFirst("^/admin/messages(/compose)?$", "/admin/messages/preview");
		Set<String> visible = FORMS.get(action);
		if (visible == null) {
			return Optional.empty();
		}
		return Optional.of(new ExpiredForm(action,
				parameters.entrySet()
					.stream()
					.filter((parameter) -> visible.contains(parameter.getKey()) || HIDDEN.contains(parameter.getKey()))
					.flatMap((parameter) -> fields(parameter.getKey(), parameter.getValue(),
							visible.contains(parameter.getKey())))
					.toList()));
	}

	/**
	 * Whether the form is for everybody. Others are for who is signed in.
	 * @return {@code true} for a form of signing in or up
	 */
	public boolean isPublic() {
		return PUBLIC.contains(this.action);
	}

	private static Stream<Field> fields(String name, String[] values, boolean visible) {
		if (SECRET.contains(name)) {
			return Stream.of(new Field(name, "", visible, true));
		}
		return Arrays.stream(values).map((value) -> new Field(name, value, visible, false));
	}

	/**
	 * A field.
	 *
	 * @param name its name
	 * @param value what was typed
	 * @param visible whether the reader sees it
	 * @param secret whether it has to be typed again
	 */
	public record Field(String name, String value, boolean visible, boolean secret) {

		/**
		 * Whether the text has several lines.
		 */
		public boolean isLong() {
			return this.name.equals("words") || this.name.equals("portuguese");
		}

	}

}

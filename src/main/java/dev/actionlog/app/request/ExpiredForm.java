package dev.actionlog.app.request;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;

/**
 * A form that was sent with an old token, with what was typed in it, so that it can be
 * sent again. It is a request attribute, for the error page.
 *
 * @param action the path that the form goes to, below the context path
 * @param fields its fields
 */
public record ExpiredForm(String action, List<Field> fields) {

	/** The name of the request attribute. */
	public static final String ATTRIBUTE = ExpiredForm.class.getName();

	/** What a reader can recognise; other fields go along unseen. */
	private static final Set<String> VISIBLE = Set.of("username", "name", "keep", "timeZone", "words", "portuguese",
			"link", "from", "until", "recipients");

	/** What is written to no page. */
	private static final Set<String> SECRET = Set.of("password", "currentPassword", "newPassword", "code");

	/** What a device has answered to one question. It is of no use later. */
	private static final String PASSKEY = "credential";

	private static final String TOKEN = "_csrf";

	/**
	 * The form of a request, if a page of this site has sent it. What another site has
	 * sent is not shown, because who presses the button would do what that site wants.
	 * @param request a request whose parameters are bounded by {@link FormSizeFilter}
	 * @return the form, or empty where there is nothing to be sent again
	 */
	public static Optional<ExpiredForm> of(HttpServletRequest request) {
		String type = request.getContentType();
		if (!"same-origin".equals(request.getHeader("Sec-Fetch-Site")) || type == null
				|| !type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
				|| request.getParameter(PASSKEY) != null) {
			return Optional.empty();
		}
		List<Field> fields = request.getParameterMap()
			.entrySet()
			.stream()
			.filter((parameter) -> !parameter.getKey().equals(TOKEN))
			.flatMap((parameter) -> fields(parameter.getKey(), parameter.getValue()))
			.toList();
		return fields.stream().anyMatch(Field::visible) ? Optional.of(new ExpiredForm(request.getServletPath(), fields))
				: Optional.empty();
	}

	private static Stream<Field> fields(String name, String[] values) {
		Optional<String> secret = SECRET.stream().filter(name::equalsIgnoreCase).findFirst();
		if (secret.isPresent()) {
			return Stream.of(new Field(secret.get(), "", true, true));
		}
		return Arrays.stream(values).map((value) -> new Field(name, value, VISIBLE.contains(name), false));
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
